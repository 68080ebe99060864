package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Prints how many connections, up to five, can be held at once to each of two databases. */
public final class PoolSizes {
    private static final int MOST = 5;

    private PoolSizes() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        env.print("first", held(env, env.url()));
        env.print("second", held(env, env.value("second")));
    }

    private static int held(Env env, String url) throws SQLException {
        Deque<Connection> held = new ArrayDeque<>();
        try {
            while (held.size() < MOST) {
                held.push(DriverManager.getConnection(url, env.user(), env.password()));
            }
            return held.size();
        } catch (SQLException refused) {
            return held.size();
        } finally {
            while (!held.isEmpty()) {
                held.pop().close();
            }
        }
    }
}
