package io.poolshim.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SessionResetTest {
    private final List<String> asked = new ArrayList<>();
    private boolean restorable = true;
    private final PhysicalConnection physical =
            new PhysicalConnection(new DriverOperations(new PostgresProfile(), this::answer), "socket", null);

    private Object answer(Object operation, Object argument) {
        switch ((String) operation) {
            case "state":
                return "state of " + argument;
            case "functions":
                return functions((Object[]) argument);
            case "address":
                return new Object[] {"host", 5432, "db"};
            default:
                Object[] parts = argument instanceof Object[] ? (Object[]) argument : new Object[] {argument};
                asked.add(operation + Arrays.toString(parts));
                return true;
        }
    }

    private Object[] functions(Object[] opened) {
        Predicate<Boolean> usable = longerLook -> {
            asked.add("usable" + Arrays.toString(opened) + " " + longerLook);
            return true;
        };
        BiPredicate<Boolean, Boolean> restore = (rollback, discard) -> {
            asked.add("restore" + Arrays.toString(opened) + " " + rollback + " " + discard);
            return restorable;
        };
        return new Object[] {null, usable, restore};
    }

    private static SessionReset reset(String settings) {
        return SessionReset.of(Config.read(new Properties(), Collections.emptyMap(), settings));
    }

    @Test
    void reset_rollsBackAndDiscards() {
        assertTrue(reset(null).reset(physical, true, false));
        assertEquals(Collections.singletonList("restore[socket, state of socket] true true"), asked);
    }

    @Test
    void reset_refusesAnOpaqueSessionWithoutARoundTrip() {
        assertFalse(reset(null).reset(physical, true, true));
        assertEquals(Collections.emptyList(), asked);
    }

    @Test
    void reset_refusesWhatTheDriverCannotRestore() {
        restorable = false;
        assertFalse(reset(null).reset(physical, true, false));
    }

    @Test
    void reset_isWrongWhenSabotaged() {
        assertTrue(reset("it.sabotage=no-reset").reset(physical, true, true));
        assertTrue(reset("it.sabotage=no-rollback").reset(physical, true, false));
        assertEquals(
                Arrays.asList(
                        "restore[socket, state of socket] true false", "restore[socket, state of socket] false true"),
                asked);
    }

    @Test
    void reset_leavesASessionAloneThatNobodyUsed() {
        assertTrue(reset(null).reset(physical, false, false));
        assertEquals(Collections.emptyList(), asked);
        assertFalse(reset(null).reset(physical, false, true));
        assertTrue(reset("session.reset=always").reset(physical, false, false));
        assertEquals(1, asked.size());
    }

    @Test
    void reset_onlyRollsBackIfThatIsWanted() {
        assertTrue(reset("session.reset=never").reset(physical, true, true));
        assertEquals(Collections.singletonList("restore[socket, state of socket] true false"), asked);
    }

    @Test
    void isUsable_looksLongerOnlyAfterAWhile() {
        physical.isUsable(99);
        physical.isUsable(100);
        assertEquals(
                Arrays.asList("usable[socket, state of socket] false", "usable[socket, state of socket] true"), asked);
    }

    @Test
    void close_leavesAnAbandonedConnectionAlone() {
        physical.abandon();
        physical.close();
        assertEquals(Collections.emptyList(), asked);
        new PhysicalConnection(new DriverOperations(new PostgresProfile(), this::answer), "another", null).close();
        assertEquals(Collections.singletonList("close[another, state of another]"), asked);
    }

    @Test
    void isValid_boundsTheTimeout() {
        physical.isValid(3);
        physical.isValid(5_000);
        assertEquals(Arrays.asList("valid[socket, state of socket, 3]", "valid[socket, state of socket, 5]"), asked);
    }
}
