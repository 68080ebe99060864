package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent that cannot work says what to do, in one line, and gets out of the way. */
class BrokenAgentIT {
    @BeforeAll
    static void database() {
        Lab.freshDatabase("broken");
    }

    @ParameterizedTest
    @CsvSource({
        "poolshim.pool.max-size, many",
        "poolshim.pool.max-size, 0",
        "poolshim.pool.borrow-timeout, soon",
        "poolshim.mode, sometimes",
        "poolshim.pool.limit, firm",
        "poolshim.log.level, loud",
        "poolshim.slow-query, soon",
        "poolshim.slow-query, 0s",
        "poolshim.audit-log, on",
        "poolshim.log-file.max-size, 1kB"
    })
    void badProperty_isNamedAndTheApplicationRunsUnpooled(String setting, String value) {
        ChildResult result = mustRunUnpooled(child().agent(Lab.agentJar()).property(setting, value));
        onlyLineMustName(result, setting, value);
    }

    @Test
    void badAgentArgument_isNamedAndTheApplicationRunsUnpooled() {
        ChildResult result = mustRunUnpooled(child().agent(Lab.agentJar(), "pool.max-size=lots"));
        onlyLineMustName(result, "pool.max-size", "lots");
    }

    @Test
    void badEnvironmentVariable_isNamedAndTheApplicationRunsUnpooled() {
        ChildResult result = mustRunUnpooled(child().agent(Lab.agentJar()).env("POOLSHIM_POOL_MAX_SIZE", "plenty"));
        onlyLineMustName(result, "plenty");
    }

    @Test
    void jarWithoutItsInnards_isSaidAndTheApplicationRunsUnpooled() throws IOException {
        Path hollow = Lab.workFolder("hollow").resolve("poolshim.jar");
        assertTrue(copyWithoutInnards(Lab.agentJar(), hollow) > 0, "there was nothing to leave out");
        ChildResult result = mustRunUnpooled(child().agent(hollow));
        assertEquals(1, Lab.agentLines(result).size(), result::toString);
    }

    @Test
    void modeOff_leavesTheApplicationAlone() {
        ChildResult plain = mustRunUnpooled(child());
        ChildResult off = mustRunUnpooled(child().agent(Lab.agentJar()).property("poolshim.mode", "off"));
        assertEquals(plain.stderr(), off.stderr().replaceAll("(?m)^\\[poolshim\\].*\\R", ""));
    }

    @Test
    void modeOffByEnvironmentAndByArgument_work() {
        mustRunUnpooled(child().agent(Lab.agentJar()).env("POOLSHIM_MODE", "off"));
        mustRunUnpooled(child().agent(Lab.agentJar(), "mode=off"));
    }

    /** The probe itself: without this the tests above could not fail. */
    @Test
    void workingAgent_reusesOneSession() {
        ChildResult result =
                child().agent(Lab.agentJar(), "pool.keep-from=1").run().mustSucceed();
        assertTrue(result.stdout().contains("sessions: 1"), result::toString);
    }

    private static ChildJvm child() {
        return Lab.child(Jdks.current(), "broken", ReuseProbe.class).property("otel.traces.exporter", "none");
    }

    private static ChildResult mustRunUnpooled(ChildJvm child) {
        ChildResult result = child.run().mustSucceed();
        assertTrue(result.stdout().contains("sessions: 5"), () -> "pooled all the same: " + result);
        assertEquals(7, result.stdoutLines().size(), result::toString);
        return result;
    }

    private static void onlyLineMustName(ChildResult result, String... words) {
        List<String> lines = Lab.agentLines(result);
        assertEquals(1, lines.size(), result::toString);
        for (String word : words) {
            assertTrue(lines.get(0).contains(word), () -> word + " is not in: " + lines.get(0));
        }
        assertEquals(1, result.stderrLines().size(), result::toString);
    }

    /** Copies the jar without what only the agent's own loader reads; returns how many entries were left out. */
    private static int copyWithoutInnards(Path jar, Path copy) throws IOException {
        int leftOut = 0;
        try (JarFile from = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream to = new JarOutputStream(file)) {
            for (JarEntry entry : from.stream().toList()) {
                if (entry.getName().matches("inst.*\\.archive")) {
                    leftOut++;
                    continue;
                }
                to.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream content = from.getInputStream(entry)) {
                    content.transferTo(to);
                }
            }
        }
        return leftOut;
    }
}
