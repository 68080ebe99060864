package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connects to one database, waits until there are two idle sessions in a second one, and connects to that. */
public final class WarmPool {
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);

    private WarmPool() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        env.print("first", env.query("SELECT 1"));
        List<String> idle = awaitTwo(env);
        env.print("idle in the second", idle.size());
        try (Connection second = DriverManager.getConnection(env.value("second"), env.user(), env.password())) {
            env.print("one of them", idle.contains(env.query(second, "SELECT pg_backend_pid()")));
        }
    }

    private static List<String> awaitTwo(Env env) throws SQLException {
        long start = System.nanoTime();
        try (Connection outsider = new org.postgresql.Driver().connect(env.url(), env.login())) {
            String sessions = "SELECT pid FROM pg_stat_activity WHERE datname = '" + env.value("secondName")
                    + "' AND state = 'idle'";
            List<String> pids = Arrays.asList(env.query(outsider, sessions).split(";"));
            while (pids.size() < 2 && System.nanoTime() - start < LONGEST_WAIT) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                pids = Arrays.asList(env.query(outsider, sessions).split(";"));
            }
            return pids;
        }
    }
}
