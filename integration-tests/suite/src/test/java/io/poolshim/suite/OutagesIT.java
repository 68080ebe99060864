package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Failures in the middle of a pool's life are the unpooled ones, and so is the recovery. */
class OutagesIT {
    private static final String SELECT = "once SELECT 1";
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = Lab.withUsers(PostgresServer.start(Map.of("max_connections", "12")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Runs the same story without and with the agent; both must tell the same. */
    private static void compare(String database, Function<Remote, List<String>> story) {
        List<String> expected;
        try (Remote unpooled = Remote.unpooled(server, Lab.freshDatabase(server, database))) {
            expected = story.apply(unpooled);
            unpooled.end().child().mustSucceed();
        }
        try (Remote pooled = Remote.pooled(server, Lab.freshDatabase(server, database), Map.of())) {
            List<String> actual = story.apply(pooled);
            assertEquals(expected, actual, () -> LineDiff.of(expected, actual));
            AgentRun run = pooled.end().mustBeClean();
            assertTrue(run.report().total("borrows") > 0, run::toString);
        }
    }

    @Test
    void outage_failsAsUnpooledAndRecoversWithTheFirstRequest() {
        compare("outage", remote -> {
            List<String> told = new ArrayList<>();
            told.add(remote.ask("one", SELECT));
            told.add(remote.ask("one", SELECT));
            server.stop();
            told.add(remote.ask("one", SELECT));
            told.add(remote.ask("two", SELECT));
            server.startAgain();
            told.add(remote.ask("two", SELECT));
            told.add(remote.ask("one", SELECT));
            return told;
        });
    }

    @Test
    void restart_isNotNoticed() {
        compare("restart", remote -> {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                told.add(remote.ask("one", SELECT));
                told.add(remote.ask("two", SELECT));
                server.restartImmediate();
            }
            told.add(remote.ask("one", SELECT));
            return told;
        });
    }

    @Test
    void idleSessionsKilled_areNotNoticed() {
        compare("killed", remote -> {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                told.add(remote.ask("one", "open a"));
                told.add(remote.ask("two", "open b"));
                told.add(remote.ask("one", "close a"));
                told.add(remote.ask("two", "close b"));
                kill("killed");
                told.add(remote.ask("one", SELECT));
            }
            return told;
        });
    }

    private static void kill(String database) {
        try {
            server.killBackends(database);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void wrongPassword_failsAsUnpooledAlsoLater() {
        compare("password", remote -> {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                told.add(remote.ask("one", SELECT));
                told.add(remote.ask("one", "login guess"));
                told.add(remote.ask("two", "login another"));
                told.add(remote.ask("two", "login " + Lab.PASSWORD));
            }
            return told;
        });
    }

    @Test
    void tooManyClients_failAsUnpooledAndRecover() {
        compare("crowded", remote -> {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                told.add(remote.ask("one", "open c" + i));
            }
            told.add(remote.ask("one", SELECT));
            told.add(remote.ask("one", SELECT));
            for (int i = 0; i < 9; i++) {
                told.add(remote.ask("one", "close c" + i));
            }
            // Closes of unpooled connections reach the server a moment later.
            Await.until(
                    "there is a place again",
                    Duration.ofSeconds(20),
                    () -> remote.ask("one", SELECT).equals("1"));
            return told;
        });
    }
}
