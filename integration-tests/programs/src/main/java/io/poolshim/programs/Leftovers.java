package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Things on the server that end with the session. */
final class Leftovers {
    private Leftovers() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("leftovers.temp-tables", Leftovers::tempTables);
        all.put("leftovers.temp-table-shadows", Leftovers::tempTableShadows);
        all.put("leftovers.advisory-locks", Leftovers::advisoryLocks);
        all.put("notify.listen", Leftovers::listen);
        all.put("notify.of-another-life", Leftovers::notificationsOfAnotherLife);
        all.put("leftovers.prepared-by-sql", Leftovers::preparedBySql);
        all.put("cursors.with-hold-by-sql", Leftovers::cursorsWithHold);
        all.put("cursors.left-open", Leftovers::fetchSizeCursors);
        all.put("leftovers.sequences", Leftovers::sequences);
        all.put("leftovers.cached-sequence", Leftovers::cachedSequence);
        all.put("leftovers.insert-only-then-lastval", Leftovers::insertOnlyThenLastval);
    }

    static void tempTables(Env env) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "CREATE TEMP TABLE basket (item text)", "INSERT INTO basket VALUES ('item " + i + "')");
                env.print("basket", env.query(c, "SELECT * FROM basket"));
                env.execute(c, "CREATE TEMP SEQUENCE basket_seq", "CREATE TEMP VIEW basket_view AS SELECT 1");
            }
            env.show("gone", () -> env.query("SELECT * FROM basket"));
        }
    }

    static void tempTableShadows(Env env) throws Exception {
        env.setup("CREATE TABLE shadowed (origin text)", "INSERT INTO shadowed VALUES ('real')");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", env.query(c, "SELECT * FROM shadowed"));
                env.execute(c, "CREATE TEMP TABLE shadowed (origin text)", "INSERT INTO shadowed VALUES ('temp')");
                env.print("after", env.query(c, "SELECT * FROM shadowed"));
            }
        }
    }

    static void advisoryLocks(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            Connection holder = env.connect();
            env.execute(holder, "SET lock_timeout = '20s'", "SELECT pg_advisory_lock(4711)");
            try (Connection other = env.connect()) {
                env.print("held", env.query(other, "SELECT pg_try_advisory_lock(4711)"));
            }
            holder.close();
        }
        try (Connection c = env.connect()) {
            env.execute(c, "SET lock_timeout = '20s'");
            env.attempt("free at last", () -> env.execute(c, "SELECT pg_advisory_lock(4711)"));
        }
    }

    static void listen(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("channels before", env.query(c, "SELECT count(*) FROM pg_listening_channels()"));
                env.execute(c, "LISTEN news", "LISTEN weather");
                try (Connection sender = env.connect()) {
                    env.execute(sender, "NOTIFY news, 'extra " + i + "'");
                }
                PGNotification[] received = ((PGConnection) c).getNotifications(10_000);
                for (PGNotification one : received) {
                    env.print("received", one.getName() + " " + one.getParameter());
                }
                env.print("channels", env.query(c, "SELECT count(*) FROM pg_listening_channels()"));
            }
        }
    }

    static void notificationsOfAnotherLife(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection listener = env.connect();
            env.execute(listener, "LISTEN gossip", "NOTIFY gossip, 'to myself'");
            listener.close();
            try (Connection c = env.connect()) {
                env.query(c, "SELECT 1");
                PGNotification[] received = ((PGConnection) c).getNotifications();
                env.print("nothing", received == null ? 0 : received.length);
            }
        }
    }

    static void preparedBySql(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "PREPARE plan (int) AS SELECT $1 + " + i);
                env.print("result", env.query(c, "EXECUTE plan(10)"));
            }
        }
        env.show("gone", () -> env.query("EXECUTE plan(1)"));
        env.print("none", env.query("SELECT count(*) FROM pg_prepared_statements WHERE from_sql"));
    }

    static void cursorsWithHold(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "DECLARE kept CURSOR WITH HOLD FOR SELECT generate_series(1, 10)");
                env.print("first", env.query(c, "FETCH 2 FROM kept"));
            }
            env.show("gone", () -> env.query("FETCH 2 FROM kept"));
        }
    }

    static void fetchSizeCursors(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            Statement s = c.createStatement();
            s.setFetchSize(10);
            ResultSet r = s.executeQuery("SELECT generate_series(1, 1000)");
            for (int row = 0; row < 15; row++) {
                r.next();
            }
            env.print("row", r.getInt(1));
            c.close();
            env.show("afterwards", r::next);
            env.print("cursors", env.query("SELECT count(*) FROM pg_cursors WHERE statement LIKE '%1000%'"));
        }
    }

    static void sequences(Env env) throws Exception {
        env.setup("CREATE SEQUENCE numbers", "CREATE TABLE numbered (id serial, name text)");
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                env.show("currval of a fresh session", () -> env.query(c, "SELECT currval('numbers')"));
                env.show("lastval of a fresh session", () -> env.query(c, "SELECT lastval()"));
                env.print("nextval", env.query(c, "SELECT nextval('numbers')"));
                env.execute(c, "INSERT INTO numbered (name) VALUES ('x')");
                env.print("lastval", env.query(c, "SELECT lastval()"));
            }
        }
    }

    static void cachedSequence(Env env) throws Exception {
        env.setup("CREATE SEQUENCE cached CACHE 10");
        for (int i = 0; i < 4; i++) {
            env.print("each session takes ten", env.query("SELECT nextval('cached'), nextval('cached')"));
        }
    }

    static void insertOnlyThenLastval(Env env) throws Exception {
        env.setup("CREATE TABLE insert_only (id serial, name text)");
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("INSERT INTO insert_only (name) VALUES (?)")) {
                p.setString(1, "n" + i);
                p.executeUpdate();
            }
            env.show("lastval", () -> env.query("SELECT lastval()"));
        }
    }
}
