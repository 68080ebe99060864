package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.Jdk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The same small legacy programs without and with the agent, compared to the letter. */
class TwinIT {
    @TestFactory
    Stream<DynamicContainer> everyProgram_printsTheSameWithTheAgent() {
        return Lab.jdksUnderTest("twin programs").stream().map(TwinIT::twins);
    }

    private static DynamicContainer twins(Jdk jdk) {
        TwinRun unpooled = TwinRun.unpooled(jdk);
        TwinRun pooled = TwinRun.pooled(jdk, Map.of());
        System.out.printf(
                "twin programs: %s: %d run, %d differ%n",
                jdk,
                pooled.sections().size() - 1,
                unpooled.differingFrom(pooled).size());
        List<DynamicNode> tests = new ArrayList<>();
        for (String name : unpooled.sections().keySet()) {
            tests.add(dynamicTest(name, () -> compare(name, jdk, unpooled, pooled)));
        }
        tests.add(dynamicTest("the agent swallowed nothing", () -> pooled.run().mustBeClean()));
        tests.add(dynamicTest("connections were reused", () -> pooled.run().mustHavePooled()));
        tests.add(dynamicTest("stderr is the application's own", () -> sameStderr(unpooled, pooled)));
        return dynamicContainer(jdk.toString(), tests);
    }

    private static void compare(String name, Jdk jdk, TwinRun unpooled, TwinRun pooled) {
        String title = name + " on " + jdk;
        List<String> expected = unpooled.sections().get(name);
        List<String> actual = pooled.sections().get(name);
        if (actual == null) {
            fail(title + " did not run with the agent: " + pooled.run().child());
        } else if (!expected.equals(actual)) {
            fail(title + " differs (- without, + with the agent):\n" + LineDiff.of(expected, actual));
        }
    }

    /** Only what starts with [poolshim] is ours; a JVM's date at the start of a log record is not compared. */
    private static void sameStderr(TwinRun unpooled, TwinRun pooled) {
        assertEquals(
                warnings(unpooled.run().child().stderrLines()),
                warnings(pooled.run().child().stderrLines()));
    }

    private static List<String> warnings(List<String> stderr) {
        return stderr.stream().filter(line -> line.startsWith("WARNING")).toList();
    }
}
