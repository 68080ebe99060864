package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.testbed.Jdks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The twin programs find an agent that is wrong on purpose; if they did not, they would prove nothing. */
class SabotageIT {
    /** {@link StressIT} finds these out, too. */
    private static final List<String> STRESSED = List.of("no-rollback", "shared-physical");

    /** All of them with {@code -Pfull}. */
    private static String[] themes() {
        return Lab.full()
                ? new String[0]
                : new String[] {"casts", "leftovers", "settings", "transactions", "after-close"};
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy-only", "no-reset", "no-rollback", "shared-physical"})
    void sabotagedAgent_breaksTwins(String mode) {
        assumeTrue(Lab.full() || !STRESSED.contains(mode));
        TwinRun unpooled = TwinRun.unpooled(Jdks.current(), themes());
        TwinRun sabotaged = TwinRun.pooled(
                Jdks.current(), Map.of("poolshim.it.sabotage", mode, "app.limitMillis", "10000"), themes());
        List<String> broken = unpooled.differingFrom(sabotaged);
        System.out.printf(
                "sabotage %s breaks %d twins of %d run: %s%n",
                mode, broken.size(), sabotaged.sections().size() - 1, String.join(", ", broken));
        assertFalse(broken.isEmpty(), () -> "nothing broke: " + sabotaged.run().child());
    }
}
