package io.poolshim.programs;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** A slow statement, what is no single statement, and then what {@link TracedApplication} does. */
public final class LoggedApplication {
    /** For how long the slow statement sleeps, in milliseconds. */
    public static final int SLEEP = 300;

    private LoggedApplication() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        slow(env);
        several(env);
        TracedApplication.main(args);
    }

    private static void slow(Env env) throws SQLException {
        try (Connection c = env.connect();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT 'secret-literal' FROM pg_sleep(" + SLEEP / 1000.0 + ")")) {
            env.print("slow", Env.text(rows));
        }
    }

    private static void several(Env env) throws SQLException, IOException {
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE several (name text)");
            s.addBatch("INSERT INTO several VALUES ('secret-batch')");
            s.addBatch("UPDATE several SET name = 'secret-literal'");
            env.print("several", s.executeBatch().length);
            StringWriter out = new StringWriter();
            ((PGConnection) c).getCopyAPI().copyOut("COPY (SELECT 'secret-literal') TO STDOUT", out);
            env.print("copied", out.toString().trim());
        }
    }
}
