package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;

/** Does the same with a connection for each time, or with one for ever, and marks where it is warm and where it ends. */
public final class RoundTrips {
    private static final int WARM = 20;
    private static final int TIMES = 40;

    private interface Task {
        void run(Connection connection) throws Exception;
    }

    private RoundTrips() {}

    private static Map<String, Task> tasks() {
        Map<String, Task> tasks = new HashMap<>();
        tasks.put("lookup", c -> select(c, 1));
        tasks.put("transaction", c -> {
            select(c, 1);
            insert(c, "plain");
            c.commit();
        });
        tasks.put("serial", c -> insert(c, "numbered"));
        tasks.put("trigger", c -> insert(c, "watched"));
        return tasks;
    }

    private static void select(Connection connection, int id) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            statement.setInt(1, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
            }
        }
    }

    private static void insert(Connection connection, String table) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table + " (n) VALUES (?)")) {
            statement.setInt(1, 1);
            statement.executeUpdate();
        }
    }

    private static Connection connect(Env env, String task) throws Exception {
        Connection connection = env.connect();
        if (task.equals("transaction")) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        return connection;
    }

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        String task = env.value("task");
        String mark = "SELECT 'wire tap mark'";
        boolean held = Boolean.parseBoolean(env.value("held"));
        try (Connection marks = env.connect();
                Connection one = held ? connect(env, task) : null) {
            for (int i = 0; i < WARM + TIMES; i++) {
                if (i == WARM) {
                    env.query(marks, mark);
                }
                try (Connection own = held ? null : connect(env, task)) {
                    tasks().get(task).run(held ? one : own);
                }
            }
            env.query(marks, mark);
        }
        env.print("done", TIMES);
    }
}
