package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** An application that forgets to close its connections, on a server with few; the garbage collector helps it out. */
public final class Dropper {
    private static final int ROUNDS = 15;
    private static final int DROPPED_AT_ONCE = 4;
    private static final int DEADLINE_SECONDS = 60;

    private final Env env = new Env(System.out);

    private Dropper() {}

    public static void main(String[] args) throws Exception {
        Dropper dropper = new Dropper();
        for (int i = 0; i < ROUNDS; i++) {
            for (int j = 0; j < DROPPED_AT_ONCE; j++) {
                dropper.drop();
            }
            dropper.env.print("round " + i + " gone", dropper.sessionsGo());
        }
        dropper.keepOnlyTheRows();
    }

    private void drop() throws SQLException {
        env.connect().createStatement().execute("CREATE TEMP TABLE leftover (id int)");
    }

    /** What is derived from a connection keeps it. */
    private void keepOnlyTheRows() throws SQLException {
        Statement kept = env.connect().createStatement();
        String session = Env.text(kept.executeQuery("SELECT pg_backend_pid()"));
        for (int i = 0; i < 5; i++) {
            System.gc();
            drop();
            sessionsGo();
        }
        env.print("the same session", session.equals(Env.text(kept.executeQuery("SELECT pg_backend_pid()"))));
        env.print("open", !kept.getConnection().isClosed());
        kept.getConnection().close();
    }

    /** Whether temporary tables go away, asked by a connection that no pool has. */
    private boolean sessionsGo() throws SQLException {
        long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
        try (Connection admin = DriverManager.getConnection(
                        env.urlWith("ApplicationName=dropper-admin"), env.value("admin"), env.value("adminPassword"));
                Statement s = admin.createStatement()) {
            while (System.nanoTime() < deadline) {
                System.gc();
                if (Env.text(s.executeQuery("SELECT count(*) FROM pg_class WHERE relname = 'leftover'"))
                        .equals("0")) {
                    return true;
                }
            }
        }
        return false;
    }
}
