package io.poolshim.programs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** An application with one bad habit in each of its methods: what an operator would like to know before it is pooled. */
public final class Habits {
    private static final int CLEAN = 30;
    private static final int DEADLINE_SECONDS = 60;

    private final Env env = new Env(System.out);

    private Habits() {}

    public static void main(String[] args) throws Exception {
        Habits habits = new Habits();
        for (int i = 0; i < CLEAN; i++) {
            habits.isClean(i);
        }
        habits.nests();
        habits.setsSomething();
        habits.setsTenant();
        habits.makesTemporaryTable();
        habits.listens();
        habits.locks();
        habits.leavesTransactionOpen();
        habits.copies();
        habits.callsDriver();
        habits.casts();
        habits.forgets();
        habits.env.print("forgotten one is gone", habits.isForgottenGone());
    }

    void isClean(int number) throws SQLException {
        try (Connection c = env.connect()) {
            env.print("clean", env.query(c, "SELECT " + number));
        }
    }

    void nests() throws SQLException {
        try (Connection outer = env.connect();
                Connection inner = env.connect()) {
            env.print(
                    "nested",
                    !env.query(outer, "SELECT pg_backend_pid()").equals(env.query(inner, "SELECT pg_backend_pid()")));
        }
    }

    void setsSomething() throws SQLException {
        try (Connection c = env.connect()) {
            env.execute(c, "SET lock_timeout = '7s'");
            env.print("timeout", env.query(c, "SHOW lock_timeout"));
        }
    }

    void setsTenant() throws SQLException {
        try (Connection c = env.connect()) {
            env.execute(c, "SET app.tenant = 'secret-tenant'");
            env.print("tenant", env.query(c, "SELECT current_setting('app.tenant')"));
        }
    }

    void makesTemporaryTable() throws SQLException {
        try (Connection c = env.connect()) {
            env.execute(c, "CREATE TEMP TABLE scratch (id int)");
            env.print("scratch", env.query(c, "SELECT count(*) FROM scratch"));
        }
    }

    void listens() throws SQLException {
        try (Connection c = env.connect()) {
            env.execute(c, "LISTEN news", "NOTIFY news");
            env.print("news", c.unwrap(PGConnection.class).getNotifications().length);
        }
    }

    void locks() throws SQLException {
        try (Connection c = env.connect()) {
            env.print("lock", env.query(c, "SELECT pg_advisory_lock(7)"));
        }
    }

    void leavesTransactionOpen() throws SQLException {
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            env.print("open", env.query(c, "SELECT 1"));
        }
    }

    void copies() throws Exception {
        try (Connection c = env.connect()) {
            java.io.StringWriter out = new java.io.StringWriter();
            env.print("copied", ((PGConnection) c).getCopyAPI().copyOut("COPY (SELECT 1) TO STDOUT", out));
        }
    }

    void callsDriver() throws SQLException {
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            env.print("large object", ((PGConnection) c).getLargeObjectAPI().createLO() > 0);
            c.commit();
        }
    }

    void casts() throws SQLException {
        try (Connection c = env.connect()) {
            env.print("the driver's own", c instanceof PgConnection);
        }
    }

    void forgets() throws SQLException {
        env.connect().createStatement().execute("CREATE TEMP TABLE forgotten (id int)");
    }

    /** Asked by a connection that is the superuser's. */
    private boolean isForgottenGone() throws SQLException {
        long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
        try (Connection admin = env.connectAsAdmin();
                Statement s = admin.createStatement()) {
            while (System.nanoTime() < deadline) {
                System.gc();
                if (Env.text(s.executeQuery("SELECT count(*) FROM pg_class WHERE relname = 'forgotten'"))
                        .equals("0")) {
                    return true;
                }
            }
        }
        return false;
    }
}
