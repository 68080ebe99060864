package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The twin programs as they are and only observed, compared to the letter. */
class ObservedTwinsIT {
    @TestFactory
    Stream<DynamicTest> everyProgram_printsTheSameWhenObserved() {
        if (!Lab.full()) {
            Lab.skipped("observed twin programs", "only with -Pfull");
            return Stream.empty();
        }
        Jdk jdk = Jdks.current();
        TwinRun alone = TwinRun.unpooled(jdk);
        TwinRun observed = TwinRun.pooled(jdk, Map.of("poolshim.mode", "observe"));
        System.out.printf(
                "observed twin programs: %s: %d run, %d differ%n",
                jdk,
                observed.sections().size() - 1,
                alone.differingFrom(observed).size());
        Stream<DynamicTest> programs =
                alone.sections().keySet().stream().map(name -> dynamicTest(name, () -> compare(name, alone, observed)));
        return Stream.concat(
                programs,
                Stream.of(
                        dynamicTest(
                                "the agent swallowed nothing",
                                () -> observed.run().mustBeClean()),
                        dynamicTest(
                                "nothing was reused",
                                () -> assertEquals(0, observed.run().report().total("reused")))));
    }

    private static void compare(String name, TwinRun alone, TwinRun observed) {
        List<String> expected = alone.sections().get(name);
        List<String> actual = observed.sections().getOrDefault(name, List.of("did not run"));
        assertEquals(
                expected, actual, () -> name + " differs (- alone, + observed):\n" + LineDiff.of(expected, actual));
    }
}
