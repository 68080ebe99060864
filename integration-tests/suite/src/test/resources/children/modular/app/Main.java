package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** Knows nothing but java.sql. Prints its results, and to the end of stderr how many sessions it had. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Set<Integer> sessions = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            try (Connection c = DriverManager.getConnection(
                            System.getProperty("app.url"),
                            System.getProperty("app.user"),
                            System.getProperty("app.password"));
                    Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("SELECT pg_backend_pid(), 'row " + i + "'")) {
                r.next();
                sessions.add(r.getInt(1));
                System.out.println(r.getString(2) + " " + (r.getStatement().getConnection() == c));
            }
        }
        System.err.println("sessions: " + sessions.size());
    }
}
