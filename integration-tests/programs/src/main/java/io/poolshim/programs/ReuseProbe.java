package io.poolshim.programs;

import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;

/** Connects five times and prints how many sessions that made, and when it ended by its own clock. */
public final class ReuseProbe {
    private ReuseProbe() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        Set<String> sessions = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            try (Connection c = env.connect()) {
                sessions.add(env.query(c, "SELECT pg_backend_pid()"));
                env.print("identity", c.createStatement().getConnection() == c);
            }
        }
        env.print("sessions", sessions.size());
        env.print("main ended at", System.currentTimeMillis());
    }
}
