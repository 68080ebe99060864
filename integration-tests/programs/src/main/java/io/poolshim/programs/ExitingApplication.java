package io.poolshim.programs;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** An application that still uses connections while its JVM exits, in a shutdown hook of its own. */
public final class ExitingApplication {
    private static final int SESSIONS = 4;
    private static final long PATIENCE = 20_000_000_000L; // ns

    private ExitingApplication() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            connections.add(env.connect());
        }
        for (Connection connection : connections) {
            env.print("in the application", env.query(connection, "SELECT 1"));
            connection.close();
        }
        Connection held = env.connect();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> env.attempt("at the end", () -> end(env, held))));
    }

    /** What is idle goes while this goes on; what is held stays, and more can be had. */
    private static void end(Env env, Connection held) throws Exception {
        String others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        long deadline = System.nanoTime() + PATIENCE;
        while (!env.query(held, others).equals("0") && System.nanoTime() < deadline) {
            Thread.yield();
        }
        env.print("others", env.query(held, others));
        for (int i = 0; i < 2; i++) {
            env.print("another one", env.query("SELECT 2"));
        }
        held.close();
    }
}
