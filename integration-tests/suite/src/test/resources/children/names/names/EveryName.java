package names;

import io.poolshim.programs.Env;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whatever makes the agent tell something that it does not tell otherwise: every attribute, event and metric there is. Its
 * pool must have one place and no overflow, and it needs H2.
 */
public final class EveryName {
    private static final int DEADLINE_SECONDS = 60;

    private final Env env = new Env(System.out);

    private EveryName() {}

    public static void main(String[] args) throws Exception {
        EveryName program = new EveryName();
        program.env.setup("CREATE TABLE named (id int)", "CREATE PROCEDURE named_p(int) LANGUAGE sql AS 'SELECT 1'");
        program.work();
        program.waitInVain();
        program.leaveSomething();
        program.drop();
        program.transact();
        program.env.show("vendor code", () -> program.other("SELECT nothing")); // which takes its time: H2 starts
        program.transact(); // on a connection that was idle for long enough to be looked at
        program.env.show("passed through", () -> DriverManager.getConnection("jdbc:nobody:knows"));
    }

    private void work() throws SQLException {
        try (Connection c = env.connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("INSERT INTO named VALUES (?)")) {
            s.execute("CALL named_p(1)");
            for (int i = 0; i < 3; i++) {
                p.setInt(1, i);
                p.addBatch();
            }
            env.print("batch", p.executeBatch().length);
            env.show("failed", () -> s.execute("SELEKT 1"));
        }
    }

    /** With a cursor. */
    private void transact() throws SQLException {
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.setFetchSize(1);
            try (ResultSet row = s.executeQuery("SELECT id FROM named")) {
                while (row.next()) {
                    env.print("row", row.getInt(1));
                }
            }
            c.commit();
        }
    }

    /** Somebody else has the only place. */
    private void waitInVain() throws Exception {
        try (Connection held = env.connect()) {
            Thread other = new Thread(() -> env.show("waited", () -> env.query("SELECT 1")));
            other.start();
            other.join();
            env.print("held", !held.isClosed());
        }
    }

    /** What no reset undoes. */
    private void leaveSomething() throws SQLException {
        try (Connection c = env.connect()) {
            env.execute(c, "SET named.value = 'x'");
        }
    }

    private void drop() throws SQLException {
        env.execute(env.connect(), "CREATE TEMP TABLE named_dropped (id int)");
        long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
        try (Connection outsider = new org.postgresql.Driver().connect(env.url(), env.login())) {
            String left = "1";
            while (!left.equals("0") && System.nanoTime() < deadline) {
                System.gc();
                left = env.query(outsider, "SELECT count(*) FROM pg_class WHERE relname = 'named_dropped'");
            }
            env.print("left", left);
        }
    }

    private boolean other(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:h2:mem:named");
                Statement s = c.createStatement()) {
            return s.execute(sql);
        }
    }
}
