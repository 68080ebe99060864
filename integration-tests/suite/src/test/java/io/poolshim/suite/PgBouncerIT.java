package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PgBouncer;
import io.poolshim.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a real PgBouncer, in session and in transaction mode. */
class PgBouncerIT {
    private static final String TRANSACTIONS = "gives each transaction another session";
    private static final String SESSIONS = "seems to give each connection a session of its own";

    /** What of the twins runs without -Pfull: what the login sets, and what needs a session for longer than a statement. */
    private static final String[] CORE = {
        "settings.plain-ones",
        "sessions.application-name",
        "sessions.text-formats",
        "driver-state.client-info",
        "zones.",
        "leftovers.",
        "statements.repeated-over-borrows",
        "transactions.close-rolls-back",
        "sql-transactions.",
        "batches.plain",
        "keys.by-flag-and-name",
        "savepoints.by-hand",
        "borrows.nested-two-deep"
    };

    private static final String[] THEMES = {
        "casts.",
        "entrances.",
        "leftovers.",
        "settings.",
        "driver-state.",
        "sessions.",
        "zones.",
        "transactions.",
        "sql-transactions.",
        "first-statements.",
        "savepoints.",
        "statements.",
        "kept.",
        "batches.",
        "keys.",
        "arrays.",
        "cursors.",
        "copies.",
        "large-objects.",
        "metadata.",
        "borrows."
    };

    /**
     * Whether a customised setting is NULL or empty depends on what somebody else did in the server's session that PgBouncer
     * gives, unpooled as well: DISCARD ALL, which PgBouncer sends, too, leaves it empty. These programs look at that, and so do all of
     * the theme "functions", which is left out. The number of a process, made up by PgBouncer, may be below zero.
     */
    private static final String[] UNDEFINED = {"settings.dotted", "casts.statements-and-result-sets"};

    /**
     * Unpooled, the isolation level is set in another session than the one that the transaction then has; with the agent
     * it goes out with the transaction's first statement, and holds. Who one is, a time-out for locks and a temporary table
     * last for one transaction, so that these programs make a role that they should not, wait for themselves without end,
     * or find what there happens to be.
     */
    private static final String[] UNDEFINED_IN_TRANSACTIONS = {
        "transactions.serialization-retry",
        "kept.isolation",
        "settings.session-authorization",
        "transactions.lock-time-out",
        "metadata.temporary-tables"
    };

    /** Whatever a transaction leaves in a session would show in another one, which one depending on moments. */
    private static final Map<String, String> RESET_AFTER_EACH = Map.of("server_reset_query_always", "1");

    @BeforeAll
    static void mustBeInstalled() {
        boolean installed = PgBouncer.program().isPresent();
        if (!installed) {
            Lab.skipped("PgBouncer in session and transaction mode", "there is no pgbouncer on the PATH");
        }
        assumeTrue(installed);
    }

    private static PgBouncer bouncer(String name, String mode, Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.putIfAbsent("default_pool_size", "60");
        all.put("max_client_conn", "500");
        return PgBouncer.start(Lab.server(), mode, Lab.passwords(), all, Lab.workFolder("pgbouncer-" + name));
    }

    private static Twins twins(PgBouncer bouncer) {
        return Twins.on(Jdks.current())
                .through(bouncer)
                .only(Lab.full() ? THEMES : CORE)
                .without(UNDEFINED);
    }

    @Test
    void twinsInSessionMode_printTheSame() {
        try (PgBouncer bouncer = bouncer("twins-session", "session", Map.of())) {
            Twins twins = twins(bouncer).compare("twins through PgBouncer, sessions");
            twins.mustAgree();
            twins.pooled().run().mustBeClean().mustHavePooled();
        }
    }

    /** The driver prepares nothing under a name, as PgBouncer before 1.21 asks for in this mode. */
    @Test
    void twinsInTransactionMode_printTheSame() {
        try (PgBouncer bouncer = bouncer("twins-transaction", "transaction", RESET_AFTER_EACH)) {
            Twins twins = twins(bouncer)
                    .parameter("prepareThreshold=0")
                    .without(UNDEFINED_IN_TRANSACTIONS)
                    .compare("twins through PgBouncer, transactions");
            twins.mustAgree();
            twins.pooled().run().mustBeClean().mustHavePooled();
        }
    }

    /** Nothing stays prepared where the next transaction would not find it. */
    @Test
    void twinsInTransactionMode_printTheSameWhereSessionsAreProven() {
        assumeTrue(Lab.full());
        try (PgBouncer bouncer = bouncer("twins-proven", "transaction", RESET_AFTER_EACH)) {
            Twins twins = twins(bouncer)
                    .proven()
                    .parameter("prepareThreshold=0")
                    .without(UNDEFINED_IN_TRANSACTIONS)
                    .compare("proven twins through PgBouncer, transactions");
            twins.mustAgree();
            twins.pooled().run().mustBeClean().mustHavePooled();
        }
    }

    private static Remote remote(PgBouncer bouncer, String database, Map<String, String> settings) {
        return Remote.pooledAt(bouncer.url(database), Lab.server(), "bounced-" + database, settings);
    }

    /** Two rounds, so that the second one has a connection that was used before. */
    private static List<String> rounds(Remote remote, String sql) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            told.add(remote.ask("app", "once " + sql));
        }
        return told;
    }

    private static List<String> queries(String database) throws SQLException {
        List<String> last = new ArrayList<>();
        try (Connection admin = Lab.server().admin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT query FROM pg_stat_activity WHERE datname = '"
                        + database + "' AND backend_type = 'client backend'")) {
            while (rows.next()) {
                last.add(rows.getString(1));
            }
        }
        return last;
    }

    @ParameterizedTest
    @CsvSource({"session, auto", "session, session", "transaction, auto", "transaction, transaction"})
    void settingsOfTheLogin_areThereForEachBorrower(String mode, String told) throws Exception {
        assumeTrue(Lab.full() || told.equals("auto"));
        String database = Lab.freshDatabase("bounced_" + mode + "_" + told);
        try (PgBouncer bouncer = bouncer("login-" + mode + told, mode, Map.of());
                Remote remote = remote(bouncer, database, Map.of("pool.bouncer", told, "pool.keep-from", "1"))) {
            String shown = "SELECT current_setting('TimeZone'), current_setting('application_name'),"
                    + " current_setting('DateStyle')";
            String first = remote.ask("app", "once " + shown);
            for (String line : List.of("open a", "open b", "close a", "close b")) {
                remote.ask("app", line); // two connections: whether sessions are shared may show at the second only
            }
            remote.ask("app", "once SET TimeZone = 'Asia/Tokyo'");
            remote.ask("app", "once SET application_name = 'somebody'");
            remote.ask("app", "once SET DateStyle = 'ISO, DMY'");
            assertEquals(List.of(first, first, first, first), rounds(remote, shown));
            AgentRun run = remote.end().mustBeClean().mustHavePooled();
            String stderr = run.child().stderr();
            assertEquals(told.equals("auto") && mode.equals("session"), stderr.contains(SESSIONS), stderr);
            assertEquals(told.equals("auto") && mode.equals("transaction"), stderr.contains(TRANSACTIONS), stderr);
        }
    }

    /** In a session of a transaction of its own, which is somebody else's in the next moment. */
    @Test
    void transactionMode_resetsNobodysSession() throws Exception {
        String database = Lab.freshDatabase("bounced_unreset");
        try (PgBouncer bouncer = bouncer("unreset", "transaction", Map.of());
                Remote remote = remote(bouncer, database, Map.of("pool.keep-from", "1"))) {
            for (int i = 0; i < 3; i++) {
                assertEquals("1", remote.ask("app", "once SELECT 1"));
            }
            remote.ask("app", "open c");
            remote.ask("app", "query c BEGIN");
            remote.ask("app", "query c CREATE TABLE never (n int)");
            remote.ask("app", "close c");
            Await.until("the transaction is rolled back", Duration.ofSeconds(20), () -> {
                try {
                    return queries(database).contains("ROLLBACK");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(queries(database).stream().noneMatch(sql -> sql.startsWith("DISCARD")));
            remote.end().mustBeClean().mustHavePooled();
        }
    }

    /** No room for a second session: whether sessions are shared remains open, and nobody waits for long. */
    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void poolerWithOneSession_serves(String mode) throws Exception {
        assumeTrue(Lab.full() || mode.equals("session"));
        String database = Lab.freshDatabase("bounced_one_" + mode);
        try (PgBouncer bouncer = bouncer("one-" + mode, mode, Map.of("default_pool_size", "1"));
                Remote remote = remote(bouncer, database, Map.of("pool.keep-from", "1"))) {
            assertEquals(List.of("1", "1", "1", "1"), rounds(remote, "SELECT 1"));
            remote.end().mustBeClean().mustHavePooled();
        }
    }

    /**
     * Whoever needs a session that the pooler does not have waits for it by a statement, as unpooled: the driver sends
     * nothing at this login, else it would wait there.
     */
    @Test
    void poolerWithoutASession_leavesTheWaitToTheApplication() throws Exception {
        assumeTrue(Lab.full());
        String database = Lab.freshDatabase("bounced_full");
        try (PgBouncer bouncer = bouncer("full", "session", Map.of("default_pool_size", "1"));
                Remote remote = Remote.pooledAt(
                        bouncer.url(database) + "?assumeMinServerVersion=9.0",
                        Lab.server(),
                        "bounced-" + database,
                        Map.of("pool.keep-from", "1"))) {
            try (Connection held = DriverManager.getConnection(bouncer.url(database), Lab.USER, Lab.PASSWORD);
                    Statement statement = held.createStatement()) {
                statement.execute("SELECT 1");
                assertEquals("open", remote.ask("app", "open c"));
                remote.tell("app", "query c SELECT 1");
            }
            assertEquals("1", remote.answer("app").text());
            assertEquals("closed", remote.ask("app", "close c"));
            remote.end().mustBeClean();
        }
    }

    /** No pooler: nothing is asked that was not asked before. */
    @Test
    void serverItself_isNoPooler() throws Exception {
        PostgresServer server = Lab.server();
        String database = Lab.freshDatabase("not_bounced");
        try (Remote remote = Remote.pooled(server, database, Map.of("pool.keep-from", "1"))) {
            assertEquals(List.of("1", "1", "1", "1"), rounds(remote, "SELECT 1"));
            AgentRun run = remote.end().mustBeClean().mustHavePooled();
            assertEquals(1, run.report().total("opened"));
            assertTrue(
                    !run.child().stderr().contains("pooler"), () -> run.child().stderr());
        }
    }
}
