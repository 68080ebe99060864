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
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
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
        IntPredicate restore = how -> {
            asked.add("restore" + Arrays.toString(opened)
                    + ((how & Restore.ROLLBACK) != 0)
                    + ((how & Restore.DISCARD) != 0)
                    + ((how & Restore.AT_ONCE) != 0));
            return restorable;
        };
        BooleanSupplier unsent = () -> true;
        Runnable flush = () -> asked.add("flush" + Arrays.toString(opened));
        return new Object[] {null, usable, restore, unsent, flush};
    }

    private static SessionReset reset(String settings) {
        return SessionReset.of(Config.read(new Properties(), Collections.emptyMap(), settings));
    }

    @Test
    void reset_rollsBackAndDiscards() {
        assertTrue(reset(null).reset(physical, SessionUse.PRIVATE, null));
        assertEquals(Collections.singletonList("restore[socket, state of socket]truetruefalse"), asked);
    }

    @Test
    void reset_leavesACleanSessionAsItIs() {
        assertTrue(reset("session.reset=proven").reset(physical, SessionUse.CLEAN, null));
        assertTrue(reset("session.reset=proven").reset(physical, SessionUse.PRIVATE, null));
        assertEquals(
                Arrays.asList(
                        "restore[socket, state of socket]truefalsefalse",
                        "restore[socket, state of socket]truetruefalse"),
                asked);
    }

    @Test
    void reset_refusesAnOpaqueSessionWithoutARoundTrip() {
        assertFalse(reset(null).reset(physical, SessionUse.OPAQUE, null));
        assertEquals(Collections.emptyList(), asked);
    }

    @Test
    void reset_refusesWhatTheDriverCannotRestore() {
        restorable = false;
        assertFalse(reset(null).reset(physical, SessionUse.PRIVATE, null));
    }

    @Test
    void reset_isWrongWhenSabotaged() {
        assertTrue(reset("it.sabotage=no-reset").reset(physical, SessionUse.OPAQUE, null));
        assertTrue(reset("it.sabotage=no-rollback").reset(physical, SessionUse.PRIVATE, null));
        assertEquals(
                Arrays.asList(
                        "restore[socket, state of socket]truefalsetrue",
                        "restore[socket, state of socket]falsetruefalse"),
                asked);
    }

    @Test
    void reset_leavesASessionAloneThatNobodyUsed() {
        assertTrue(reset(null).reset(physical, SessionUse.NONE, null));
        assertEquals(Collections.emptyList(), asked);
        assertFalse(reset(null).reset(physical, SessionUse.OPAQUE, null));
        assertTrue(reset("session.reset=always").reset(physical, SessionUse.NONE, null));
        assertEquals(1, asked.size());
    }

    @Test
    void reset_hurriesIfOthersMayWait() {
        assertTrue(reset(null).reset(physical, SessionUse.SHARED, null));
        assertEquals(Collections.singletonList("restore[socket, state of socket]truetruetrue"), asked);
    }

    @Test
    void reset_onlyRollsBackIfThatIsWanted() {
        assertTrue(reset("session.reset=never").reset(physical, SessionUse.OPAQUE, null));
        assertEquals(Collections.singletonList("restore[socket, state of socket]truefalsetrue"), asked);
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
