package io.poolshim.suite;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The same small legacy programs without and with the agent, compared to the letter. */
class TwinIT {
    /** What the JVM's own version may make a difference to; the others wait for servers and clocks. */
    private static final String[] OF_THE_JVM = {
        "casts",
        "entrances",
        "refusals",
        "settings",
        "leftovers",
        "cursors",
        "driver-state",
        "sessions",
        "borrows",
        "transactions",
        "first-statements",
        "batches",
        "statements",
        "failures",
        "functions",
        "copies",
        "loaders",
        "jpms",
        "applications"
    };

    @TestFactory
    Stream<DynamicContainer> everyProgram_printsTheSameWithTheAgent() {
        List<Jdk> jdks = Lab.jdksUnderTest("twin programs");
        return Stream.of(
                        jdks.stream().map(TwinIT::twins),
                        jdks.stream()
                                .filter(jdk -> jdk.major() >= 11)
                                .limit(Lab.full() ? 9 : 1)
                                .map(TwinIT::modularTwins),
                        Stream.of(Jdks.current()).map(TwinIT::provenTwins),
                        Stream.of(Jdks.current()).map(TwinIT::commentedTwins))
                .flatMap(containers -> containers);
    }

    /** Where sessions proven to be clean are not reset, and statements stay prepared. */
    private static DynamicContainer provenTwins(Jdk jdk) {
        String[] themes = {"kept", "functions", "statements", "settings", "first-statements", "batches", "cursors"};
        return twinsWith(
                "proven sessions",
                jdk,
                Map.of("poolshim.session.reset", "proven"),
                Lab.full() ? new String[0] : themes);
    }

    /** Where statements tell who asks; the driver makes something of the texts of these. */
    private static DynamicContainer commentedTwins(Jdk jdk) {
        return twinsWith(
                "comments", jdk, Map.of("poolshim.sqlcommenter", "static"), "statements", "batches", "cursors", "keys");
    }

    private static DynamicContainer twinsWith(String what, Jdk jdk, Map<String, String> settings, String... themes) {
        TwinRun unpooled = TwinRun.unpooled(jdk);
        TwinRun pooled = TwinRun.pooled(jdk, settings, themes);
        System.out.printf(
                "twin programs with %s: %s: %d run, %d differ%n",
                what,
                jdk,
                pooled.sections().size() - 1,
                unpooled.differingFrom(pooled).size());
        List<DynamicNode> tests = new ArrayList<>();
        for (String name : pooled.sections().keySet()) {
            tests.add(dynamicTest(name, () -> compare(name, jdk, unpooled, pooled)));
        }
        tests.add(dynamicTest("the agent swallowed nothing", () -> pooled.run().mustBeClean()));
        tests.add(dynamicTest("connections were reused", () -> pooled.run().mustHavePooled()));
        return dynamicContainer(jdk + " with " + what, tests);
    }

    /** As modules on the module path; some themes, for the others are about anything but classes. */
    private static DynamicContainer modularTwins(Jdk jdk) {
        String[] themes = {"jpms", "casts", "copies", "xa", "metadata"};
        TwinRun unpooled = TwinRun.modular(jdk, false, themes);
        TwinRun pooled = TwinRun.modular(jdk, true, themes);
        System.out.printf(
                "modular twin programs: %s: %d run, %d differ%n",
                jdk,
                pooled.sections().size() - 1,
                unpooled.differingFrom(pooled).size());
        return tests(jdk + " as modules", jdk, unpooled, pooled);
    }

    private static DynamicContainer twins(Jdk jdk) {
        boolean all = Lab.full() || jdk.equals(Jdks.current());
        if (!all) {
            Lab.skipped("half of the twin programs on Java " + jdk.major(), "only with -Pfull");
        }
        String[] themes = all ? new String[0] : OF_THE_JVM;
        TwinRun unpooled = TwinRun.unpooled(jdk, themes);
        TwinRun pooled = TwinRun.pooled(jdk, Map.of(), themes);
        System.out.printf(
                "twin programs: %s: %d run, %d differ%n",
                jdk,
                pooled.sections().size() - 1,
                unpooled.differingFrom(pooled).size());
        System.out.printf("twin themes: %s: %s%n", jdk, themes(pooled));
        return tests(jdk.toString(), jdk, unpooled, pooled);
    }

    private static DynamicContainer tests(String title, Jdk jdk, TwinRun unpooled, TwinRun pooled) {
        List<DynamicNode> tests = new ArrayList<>();
        for (String name : unpooled.sections().keySet()) {
            tests.add(dynamicTest(name, () -> compare(name, jdk, unpooled, pooled)));
        }
        tests.add(dynamicTest("the agent swallowed nothing", () -> pooled.run().mustBeClean()));
        tests.add(dynamicTest("connections were reused", () -> pooled.run().mustHavePooled()));
        tests.add(dynamicTest("stderr is the application's own", () -> sameStderr(unpooled, pooled)));
        return dynamicContainer(title, tests);
    }

    /** How many programs ran of each theme. */
    private static String themes(TwinRun run) {
        return run.sections().keySet().stream()
                .filter(name -> name.contains("."))
                .collect(groupingBy(TwinRun::theme, LinkedHashMap::new, counting()))
                .entrySet()
                .stream()
                .map(theme -> theme.getKey() + " " + theme.getValue())
                .collect(joining(", "));
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
