package io.poolshim.programs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A slow statement, and then what {@link TracedApplication} does. */
public final class LoggedApplication {
    /** For how long the slow statement sleeps, in milliseconds. */
    public static final int SLEEP = 300;

    private LoggedApplication() {}

    public static void main(String[] args) throws Exception {
        slow(new Env(System.out));
        TracedApplication.main(args);
    }

    private static void slow(Env env) throws SQLException {
        try (Connection c = env.connect();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT 'secret-literal' FROM pg_sleep(" + SLEEP / 1000.0 + ")")) {
            env.print("slow", Env.text(rows));
        }
    }
}
