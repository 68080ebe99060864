package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.suite.Remote.Answer;
import io.poolshim.testbed.Await;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens when more is wanted than the pool has: nothing fails or hangs that would not have. */
class PoolLimitsIT {
    private static final String SELECT = "once SELECT 1";

    private static Remote remote(String database, Map<String, String> settings) {
        return Remote.pooled(Lab.server(), Lab.freshDatabase(database), settings);
    }

    @Test
    void hardLimit_throwsAndNamesTheHolders() {
        try (Remote remote = remote(
                "limit_hard",
                Map.of(
                        "pool.limit",
                        "hard",
                        "pool.max-size",
                        "2",
                        "pool.overflow",
                        "0",
                        "pool.borrow-timeout",
                        "300ms"))) {
            assertEquals("open", remote.ask("holder-one", "open a"));
            assertEquals("open", remote.ask("holder-two", "open b"));
            String refused = remote.ask("late", SELECT);
            assertTrue(refused.startsWith("java.sql.SQLTransientConnectionException [08001/"), refused);
            assertTrue(refused.contains("holder-one") && refused.contains("holder-two"), refused);
            assertEquals("closed", remote.ask("holder-one", "close a"));
            assertEquals("1", remote.ask("late", SELECT));
            remote.end().mustBeClean();
        }
    }

    @Test
    void borrowTimeout_givesAConnectionOfItsOwn() {
        try (Remote remote = remote(
                "limit_own", Map.of("pool.max-size", "1", "pool.overflow", "0", "pool.borrow-timeout", "200ms"))) {
            assertEquals("open", remote.ask("holder", "open a"));
            assertEquals("open", remote.ask("late", "open b"));
            assertEquals("1", remote.ask("late", "query b SELECT 1"));
            assertEquals("1", remote.ask("holder", "query a SELECT 1"));
            assertEquals("closed", remote.ask("late", "close b"));
            assertEquals("closed", remote.ask("holder", "close a"));
            AgentRun run = remote.end().mustBeClean();
            assertTrue(run.report().total("own") >= 1, run::toString);
            String log = String.join("\n", Lab.agentLines(run.child()));
            assertTrue(log.contains("holder"), () -> "the holder is not named: " + run.child());
        }
    }

    @Test
    void overflow_servesANestedBorrowerAtOnce() {
        try (Remote remote = remote(
                "limit_overflow", Map.of("pool.max-size", "1", "pool.overflow", "4", "pool.overflow-wait", "30s"))) {
            assertEquals("open", remote.ask("nesting", "open outer"));
            assertEquals("1", remote.ask("nesting", SELECT));
            assertEquals("closed", remote.ask("nesting", "close outer"));
            AgentRun run = remote.end().mustBeClean();
            assertTrue(run.report().total("overflow") >= 1, run::toString);
            assertEquals(0, run.report().total("own"), run::toString);
        }
    }

    @Test
    void overflow_servesOthersAfterTheirWait() {
        try (Remote remote = remote(
                "limit_overflow_wait",
                Map.of("pool.max-size", "1", "pool.overflow", "4", "pool.overflow-wait", "100ms"))) {
            assertEquals("open", remote.ask("holder", "open a"));
            assertEquals("1", remote.ask("other", SELECT));
            AgentRun run = remote.end().mustBeClean();
            assertTrue(run.report().total("overflow") >= 1, run::toString);
        }
    }

    @Test
    void longHold_becomesTheApplicationsOwnAndFreesItsPlace() throws Exception {
        try (Remote remote = remote(
                "limit_long_hold",
                Map.of(
                        "pool.max-size",
                        "1",
                        "pool.overflow",
                        "0",
                        "pool.long-hold",
                        "1s",
                        "pool.borrow-timeout",
                        "50s"))) {
            assertEquals("open", remote.ask("holder", "open a"));
            String session = remote.ask("holder", "query a SELECT pg_backend_pid()");
            remote.tell("waiting", SELECT);
            Answer served = remote.answer("waiting");
            assertEquals("1", served.text());
            assertTrue(served.millis() < 40_000, "it waited for the borrow time-out");
            assertEquals(session, remote.ask("holder", "query a SELECT pg_backend_pid()"));
            assertEquals("closed", remote.ask("holder", "close a"));
            Await.until("the held session is really closed", Duration.ofSeconds(20), () -> sessions(session) == 0);
            remote.end().mustBeClean();
        }
    }

    private static int sessions(String pid) {
        try (var admin = Lab.server().admin();
                var statement = admin.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid)) {
            rows.next();
            return rows.getInt(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void waiter_getsTheConnectionThatComesBack() {
        try (Remote remote = remote(
                "limit_handover", Map.of("pool.max-size", "1", "pool.overflow", "0", "pool.borrow-timeout", "50s"))) {
            assertEquals("open", remote.ask("holder", "open a"));
            String session = remote.ask("holder", "query a SELECT pg_backend_pid()");
            remote.tell("waiting", "once SELECT pg_backend_pid()");
            assertEquals("closed", remote.ask("holder", "close a"));
            assertEquals(session, remote.answer("waiting").text());
            AgentRun run = remote.end().mustBeClean();
            assertEquals(1, run.report().total("peak"), run::toString);
        }
    }

    @Test
    void nestedBorrowers_neverDeadlock() {
        try (Remote remote = remote(
                "limit_nested", Map.of("pool.max-size", "1", "pool.overflow", "0", "pool.borrow-timeout", "100ms"))) {
            for (int round = 0; round < 3; round++) {
                for (int thread = 0; thread < 6; thread++) {
                    remote.tell("t" + thread, "open outer" + thread);
                    remote.tell("t" + thread, SELECT);
                    remote.tell("t" + thread, "close outer" + thread);
                }
                for (int thread = 0; thread < 6; thread++) {
                    assertEquals("open", remote.answer("t" + thread).text());
                    assertEquals("1", remote.answer("t" + thread).text());
                    assertEquals("closed", remote.answer("t" + thread).text());
                }
            }
            remote.end().mustBeClean();
        }
    }

    @Test
    void loginTimeout_boundsTheWait() {
        try (Remote remote = remote(
                "limit_login", Map.of("pool.max-size", "1", "pool.overflow", "0", "pool.borrow-timeout", "50s"))) {
            assertEquals("open", remote.ask("holder", "open a"));
            assertEquals("set", remote.ask("late", "timeout 1"));
            remote.tell("late", SELECT);
            Answer answer = remote.answer("late");
            assertEquals("1", answer.text());
            assertTrue(answer.millis() < 40_000, "it waited for the borrow time-out");
            remote.end().mustBeClean();
        }
    }
}
