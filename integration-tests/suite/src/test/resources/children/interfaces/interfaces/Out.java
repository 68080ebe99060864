package interfaces;

import java.io.PrintStream;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Prints values, and failures as class, SQLState, vendor code and message. */
final class Out {
    private final PrintStream stream;

    Out(PrintStream stream) {
        this.stream = stream;
    }

    interface Step {
        Object run() throws Exception;
    }

    interface Task {
        void run() throws Exception;
    }

    void print(String label, Object value) {
        stream.println(label + ": " + value);
    }

    void show(String label, Step step) {
        try {
            print(label, step.run());
        } catch (Throwable failure) {
            print(label, describe(failure));
        }
    }

    void attempt(String label, Task task) {
        show(label, () -> {
            task.run();
            return "ok";
        });
    }

    /** A use of what was closed together with its connection: of some drivers only the kind of failure is compared. */
    void refused(String label, Task task) {
        if (Boolean.getBoolean("app.closedAlike")) {
            attempt(label, task);
            return;
        }
        show(label, () -> {
            try {
                task.run();
                return "ok";
            } catch (SQLException e) {
                return e.getClass().getName();
            }
        });
    }

    /** All rows, columns by |, rows by ;. */
    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows);
        }
    }

    static String rows(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            text.append(text.length() == 0 ? "" : ";");
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                text.append(column == 1 ? "" : "|").append(rows.getString(column));
            }
        }
        return text.toString();
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String describe(Throwable failure) {
        String text = failure.getClass().getName() + " " + failure.getMessage();
        if (failure instanceof SQLException) {
            SQLException sql = (SQLException) failure;
            text += " [" + sql.getSQLState() + "/" + sql.getErrorCode() + "]";
        }
        if (failure instanceof BatchUpdateException) {
            text += " " + Arrays.toString(((BatchUpdateException) failure).getUpdateCounts());
        }
        return text.replaceAll("\\s*\\R\\s*", " / ") + (failure.getCause() == null ? "" : " <- " + describe(failure.getCause()));
    }
}
