package io.poolshim.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class BouncersTest {
    private static final String URL = "jdbc:postgresql://bouncer:6432/app";

    private final Map<Object, Integer> processes = new HashMap<>();
    private final Map<Object, Deque<String>> sessions = new HashMap<>();
    private final List<String> closed = new ArrayList<>();
    private final List<Integer> restored = new ArrayList<>();
    private Bouncers bouncers = bouncers("");

    private static Bouncers bouncers(String settings) {
        return Bouncers.of(Config.read(new Properties(), Collections.emptyMap(), settings));
    }

    private DriverOperations driver() {
        return new DriverOperations(new PostgresProfile(null, bouncers), this::answer);
    }

    private Object answer(Object operation, Object argument) {
        Object[] parts = argument instanceof Object[] ? (Object[]) argument : new Object[] {argument};
        switch ((String) operation) {
            case "process":
                return processes.get(argument);
            case "state":
                return "state";
            case "address":
                return new Object[] {"host", 5432, "db"};
            case "login":
                return new String[] {"7", "false"};
            case "rows":
                String session = sessions.get(parts[0]).pollFirst();
                return session == null ? null : Collections.singletonList(new String[] {session});
            case "close":
                closed.add((String) parts[0]);
                return null;
            default:
                Predicate<Boolean> usable = longer -> true;
                IntPredicate restore = how -> restored.add(how);
                BooleanSupplier unsent = () -> false;
                return new Object[] {null, usable, restore, unsent, (Runnable) () -> {}};
        }
    }

    /** The sessions that a connection is found in, one after the other, until it answers no more. */
    private void finds(String connection, String... found) {
        sessions.put(connection, new ArrayDeque<>(Arrays.asList(found)));
    }

    private Bouncer learn() {
        Bouncer bouncer = bouncers.of(URL);
        bouncers.learn(bouncer, driver(), "one", () -> "other");
        return bouncer;
    }

    @Test
    void processOfTheServer_isNoNews() {
        processes.put("one", 4_194_304);
        assertFalse(bouncers.isNews(bouncers.of(URL), driver(), "one"));
    }

    @Test
    void numberThatIsNoProcess_isNews_butOnlyOnce() {
        finds("one", "1", "1", "1", "1", "1");
        finds("other", "2", "2", "2", "2");
        for (int number : new int[] {4_194_305, -1, 0}) {
            processes.put("one", number);
            assertTrue(bouncers.isNews(bouncers.of(URL), driver(), "one"));
        }
        learn();
        assertTrue(bouncers.of(URL).isThere());
        assertFalse(bouncers.isNews(bouncers.of(URL), driver(), "one"));
        assertFalse(bouncers.of("jdbc:postgresql://other/app").isThere());
    }

    @Test
    void nobodyLooks_whereTheSettingSaysWhatThereIs() {
        processes.put("one", -1);
        for (String told : new String[] {"none", "session", "transaction"}) {
            bouncers = bouncers("pool.bouncer=" + told);
            assertFalse(bouncers.isNews(bouncers.of(URL), driver(), "one"), told);
            assertEquals(!told.equals("none"), bouncers.of(URL).isThere(), told);
            assertEquals(told.equals("transaction"), bouncers.of(URL).sharesSessions(), told);
        }
    }

    @Test
    void twoOpenConnectionsInOneSession_shareSessions() {
        finds("one", "1", "1");
        finds("other", "1");
        assertTrue(learn().sharesSessions());
        assertEquals(Collections.singletonList("other"), closed);
    }

    @Test
    void connectionThatChangesItsSession_sharesSessions() {
        finds("one", "1", "1", "3");
        finds("other", "2", "2");
        assertTrue(learn().sharesSessions());
        assertTrue(bouncers.of(URL).sharesSessions());
    }

    @Test
    void connectionsThatKeepTheirs_seemNotTo() {
        finds("one", "1", "1", "1", "1", "1");
        finds("other", "2", "2", "2", "2");
        Bouncer bouncer = learn();
        assertFalse(bouncer.sharesSessions());
        assertTrue(bouncer.mayShareSessions());
        assertSame(bouncer, bouncers.of(URL));
    }

    /** What the first one finds out holds for the second one, too, who goes on without. */
    @Test
    void twoThatFindItAtOnce_haveOneLook() {
        finds("one", "1", "1");
        finds("other", "1");
        Bouncer second = bouncers.of(URL);
        Bouncer first = learn();
        assertSame(first, bouncers.learn(second, driver(), "two", () -> {
            throw new AssertionError("a second look");
        }));
    }

    @Test
    void noSecondSession_leavesItOpen_forOneMoreLook() {
        finds("one", "1", "1", "1");
        finds("other");
        Bouncer bouncer = learn();
        assertFalse(bouncer.sharesSessions());
        assertEquals(Collections.singletonList("other"), closed);
        assertTrue(bouncers.isNews(bouncer, driver(), "one"));
        finds("other", "1");
        assertTrue(learn().sharesSessions());
        assertFalse(bouncers.isNews(bouncer, driver(), "one"));
    }

    @Test
    void noSecondSessionTwice_isNotTriedAgain() {
        finds("one", "1", "1");
        finds("other");
        learn();
        Bouncer bouncer = learn();
        assertFalse(bouncers.isNews(bouncer, driver(), "one"));
        assertSame(bouncer, bouncers.learn(bouncer, driver(), "one", () -> {
            throw new AssertionError("a third look");
        }));
        assertTrue(bouncer.mayShareSessions());
    }

    @Test
    void secondLoginRefused_leavesItOpen() {
        finds("one", "1");
        Bouncer bouncer = bouncers.of(URL);
        bouncers.learn(bouncer, driver(), "one", () -> {
            throw new DriverFailure(new SQLException("no more connections allowed", "08P01"));
        });
        assertTrue(bouncer.mayShareSessions());
    }

    private PhysicalConnection connection() {
        return new PhysicalConnection(driver(), "one", null, bouncers.of(URL), SessionSettings.NONE);
    }

    /** Its number looked like a process, by chance. */
    @Test
    void poolerFoundLate_isKnownFromThenOn() {
        processes.put("one", 1234);
        PhysicalConnection physical = connection();
        physical.seen("1234");
        assertFalse(physical.isUnlikeNew());
        physical.seen("77");
        assertTrue(physical.isUnlikeNew());
        assertTrue(bouncers.of(URL).isThere());
        assertFalse(bouncers.of(URL).sharesSessions());

        finds("one", "1", "1");
        finds("other", "1");
        assertTrue(bouncers.isNews(bouncers.of(URL), driver(), "one"), "whether it shares sessions is open");
        assertTrue(learn().sharesSessions());
    }

    @Test
    void otherSessionLater_tellsThatTheyAreShared() {
        finds("one", "1");
        finds("other");
        learn();
        PhysicalConnection physical = connection();
        physical.seen("7");
        assertFalse(bouncers.of(URL).sharesSessions());
        physical.seen("8");
        assertTrue(bouncers.of(URL).sharesSessions());
        assertFalse(physical.isUnlikeNew());
    }

    private int restoring(String settings, int how) {
        bouncers = bouncers(settings);
        connection().restore(how, null);
        return restored.remove(0);
    }

    @Test
    void sharedSession_isNotReset() {
        int how = Restore.ROLLBACK + Restore.DISCARD + Restore.AT_ONCE;
        assertEquals(Restore.ROLLBACK + Restore.LOGIN, restoring("pool.bouncer=transaction", how));
        assertEquals(how, restoring("pool.bouncer=session", how));
    }

    @Test
    void sharedSession_keepsNoStatements() {
        int how = Restore.ROLLBACK + Restore.KEEP_STATEMENTS;
        assertEquals(Restore.ROLLBACK + Restore.LOGIN, restoring("pool.bouncer=transaction", how));
        assertEquals(how, restoring("pool.bouncer=session", how));
        finds("one", "1");
        finds("other");
        bouncers = bouncers("");
        learn();
        connection().restore(how, null);
        assertEquals(Restore.ROLLBACK, restored.remove(0));
    }
}
