package io.poolshim.programs;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What a program is given: where its database is, and somewhere to print. Further values come as properties {@code app.NAME}. */
public final class Env {
    private final PrintStream out;

    public Env(PrintStream out) {
        this.out = out;
    }

    public String url() {
        return value("url");
    }

    public String user() {
        return value("user");
    }

    public String password() {
        return value("password");
    }

    /** A value the test gave for this run. */
    public String value(String name) {
        String value = System.getProperty("app." + name);
        if (value == null) {
            throw new IllegalStateException("-Dapp." + name + " is missing");
        }
        return value;
    }

    /** The URL with one more parameter, such as {@code prepareThreshold=1}. */
    public String urlWith(String parameter) {
        return url() + (url().indexOf('?') < 0 ? "?" : "&") + parameter;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    /** As the superuser of the twin database. */
    public Connection connectAsAdmin() throws SQLException {
        return DriverManager.getConnection(url(), value("admin"), value("adminPassword"));
    }

    /** User and password as the properties DriverManager wants. */
    public Properties login() {
        Properties info = new Properties();
        info.setProperty("user", user());
        info.setProperty("password", password());
        return info;
    }

    public void print(String line) {
        out.println(line);
    }

    public void print(String label, Object value) {
        out.println(label + ": " + value);
    }

    /** Prints what the step gives, or how it fails. */
    public void show(String label, Step<?> step) {
        try {
            print(label, step.run());
        } catch (Throwable failure) {
            print(label, Failures.describe(failure));
        }
    }

    /** Prints that the step went well, or how it fails. */
    public void attempt(String label, Task task) {
        show(label, () -> {
            task.run();
            return "ok";
        });
    }

    /** Runs statements on the connection, each on its own. */
    public void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The same on a connection of its own, as old setup code does. */
    public void setup(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statements);
        }
    }

    /** The same by somebody whom no agent sees. */
    public void outside(String... statements) throws SQLException {
        try (Connection outsider = new org.postgresql.Driver().connect(url(), login())) {
            execute(outsider, statements);
        }
    }

    /** All rows as text: columns by |, rows by ;. */
    public String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return text(rows);
        }
    }

    /** One borrow for one query. */
    public String query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    static String text(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            text.append(text.length() == 0 ? "" : ";");
            for (int column = 1; column <= columns; column++) {
                text.append(column == 1 ? "" : "|").append(rows.getString(column));
            }
        }
        return text.toString();
    }

    /** Something that gives a value, and may fail. */
    public interface Step<T> {
        T run() throws Exception;
    }

    /** Something to do that may fail. */
    public interface Task {
        void run() throws Exception;
    }
}
