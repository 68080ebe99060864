package io.poolshim.benchmark.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** What a terminal does with a connection, again and again. */
public enum Workload {
    /** Connect, one query by key, close. */
    LOOKUP {
        @Override
        void settle(Connection connection) {}

        @Override
        public void run(Connection connection, Random random) throws SQLException {
            select(connection, random);
        }
    },

    /** A transaction of four short statements. */
    SHORT {
        @Override
        public void run(Connection connection, Random random) throws SQLException {
            select(connection, random);
            select(connection, random);
            update(connection, random);
            insert(connection, random);
            connection.commit();
        }
    },

    /** A transaction of eight. */
    LONG {
        @Override
        public void run(Connection connection, Random random) throws SQLException {
            for (int i = 0; i < 3; i++) {
                select(connection, random);
                range(connection, random);
            }
            update(connection, random);
            insert(connection, random);
            connection.commit();
        }
    };

    private static final int KEYS = 10_000;

    private static final String[] TABLES = {
        "CREATE UNLOGGED TABLE item (id int PRIMARY KEY, name text NOT NULL, stock int NOT NULL)",
        "INSERT INTO item SELECT g, md5(g::text), 0 FROM generate_series(1, " + KEYS + ") g",
        "CREATE UNLOGGED TABLE purchase (id bigserial PRIMARY KEY, item int NOT NULL, amount int NOT NULL)",
        "ANALYZE"
    };

    /** Once. */
    public abstract void run(Connection connection, Random random) throws SQLException;

    /** What all of them need. */
    public static void createTables(Connection admin) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            for (String sql : TABLES) {
                statement.execute(sql);
            }
        }
    }

    /** What each of these programs does to a connection it just got. */
    void settle(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    private static void select(Connection connection, Random random) throws SQLException {
        query(connection, "SELECT name, stock FROM item WHERE id = ?", key(random));
    }

    private static void range(Connection connection, Random random) throws SQLException {
        int from = key(random);
        query(connection, "SELECT sum(stock) FROM item WHERE id BETWEEN ? AND ?", from, from + 9);
    }

    private static void update(Connection connection, Random random) throws SQLException {
        change(connection, "UPDATE item SET stock = stock + 1 WHERE id = ?", key(random));
    }

    private static void insert(Connection connection, Random random) throws SQLException {
        change(connection, "INSERT INTO purchase (item, amount) VALUES (?, ?)", key(random), 1);
    }

    private static int key(Random random) {
        return 1 + random.nextInt(KEYS);
    }

    private static void query(Connection connection, String sql, int... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            row.next();
            row.getString(1);
        }
    }

    private static void change(Connection connection, String sql, int... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, int... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setInt(i + 1, values[i]);
        }
        return statement;
    }
}
