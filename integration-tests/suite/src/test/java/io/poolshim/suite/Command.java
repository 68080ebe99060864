package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;

/** {@code java -jar poolshim.jar …}, run to its end. */
record Command(ChildResult result) {
    static Command run(String... args) {
        return of(Lab.agentJar(), args);
    }

    /** With another jar than ours. */
    static Command of(Path jar, String... args) {
        return of(ChildJvm.on(Jdks.current()), jar, args);
    }

    static Command of(ChildJvm child, Path jar, String... args) {
        return new Command(child.jvmArgs("-jar", jar.toAbsolutePath().toString())
                .args(args)
                .run());
    }

    /** Its output, where it went well. */
    String text() {
        assertEquals(0, result.exitCode(), result::toString);
        assertEquals("", result.stderr(), result::toString);
        return result.stdout();
    }

    Report report() {
        return new Report(Report.object(new Gson().fromJson(text(), Object.class)));
    }

    /** It must have failed with this exit code, and have said why in words among which are these. */
    void mustFail(int exitCode, String... words) {
        assertEquals(exitCode, result.exitCode(), result::toString);
        assertEquals("", result.stdout(), result::toString);
        for (String word : words) {
            assertTrue(result.stderr().contains(word), () -> "'" + word + "' is not in " + result);
        }
    }
}
