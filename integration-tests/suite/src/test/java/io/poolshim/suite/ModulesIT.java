package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications that resolve fewer modules than the agent needs. */
class ModulesIT {
    private static final Pattern ADVICE = Pattern.compile("--add-modules[= ]([\\w.,]+)");
    private static final Path WORK = Lab.workFolder("modules");
    private static Path application;

    @BeforeAll
    static void compile() {
        application = SourceCompiler.compile("modular", 11, WORK.resolve("app"), List.of());
        Lab.freshDatabase("modules");
    }

    static List<Jdk> modularJdks() {
        return Lab.jdksUnderTest("modular applications").stream()
                .filter(jdk -> jdk.major() >= 11)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("modularJdks")
    void modularApplication_runsAsBeforeAndIsToldWhatToAdd(Jdk jdk) {
        ChildResult plain = child(jdk).run().mustSucceed();
        ChildResult agent = equipped(child(jdk)).run().mustSucceed();
        assertEquals(plain.stdout(), agent.stdout());
        if (agent.stderr().contains("sessions: 1")) {
            return; // nothing was missing on this JDK
        }
        Path report = WORK.resolve("report-" + jdk.major() + ".json");
        ChildJvm advised =
                equipped(child(jdk)).jvmArgs("--add-modules", advice(agent)).property("poolshim.report", report);
        AgentRun pooled = AgentRun.of(advised, report).mustBeClean().mustHavePooled();
        assertEquals(plain.stdout(), pooled.child().stdout());
    }

    @Test
    void jlinkImage_runsAsBeforeAndIsToldWhatToAdd() throws Exception {
        Jdk jdk = Jdks.current();
        if (!jdk.has("jlink") || !Files.isDirectory(jdk.home().resolve("jmods"))) {
            Lab.skipped("jlink image", jdk + " has no jmods");
            return;
        }
        Jdk image = new Jdk(jdk.major(), jlink(jdk, "image", "java.sql,java.instrument"));
        ChildResult plain = child(image).run().mustSucceed();
        ChildResult agent = equipped(child(image)).run().mustSucceed();
        assertEquals(plain.stdout(), agent.stdout());
        assertTrue(agent.stderr().contains("sessions: 5"), agent::toString);

        String complete = "java.sql,java.instrument," + advice(agent);
        Jdk larger = new Jdk(jdk.major(), jlink(jdk, "larger-image", complete));
        Path report = WORK.resolve("report-image.json");
        ChildJvm advised =
                equipped(child(larger)).jvmArgs("--add-modules", advice(agent)).property("poolshim.report", report);
        AgentRun.of(advised, report).mustBeClean().mustHavePooled();
    }

    private static ChildJvm child(Jdk jdk) {
        return Lab.settings(ChildJvm.on(jdk), Lab.server(), "modules")
                .modulePath(List.of(application, Lab.driver()))
                .module("app/app.Main");
    }

    private static ChildJvm equipped(ChildJvm child) {
        return child.agent(Lab.agentJar()).property("otel.traces.exporter", "none");
    }

    /** The modules named in the agent's one line. */
    private static String advice(ChildResult result) {
        List<String> lines = Lab.agentLines(result);
        assertEquals(1, lines.size(), result::toString);
        Matcher matcher = ADVICE.matcher(lines.get(0));
        assertTrue(matcher.find(), () -> "no --add-modules in: " + lines.get(0));
        return matcher.group(1);
    }

    private static Path jlink(Jdk jdk, String name, String modules) throws Exception {
        Path image = WORK.resolve(name);
        Process jlink = new ProcessBuilder(
                        jdk.home().resolve("bin/jlink").toString(),
                        "--add-modules",
                        modules,
                        "--output",
                        image.toString())
                .inheritIO()
                .start();
        assertEquals(0, jlink.waitFor());
        return image;
    }
}
