package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.postgresql.PGNotification;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;

/** What can be read of a connection, to be compared with one that nobody has used before. */
final class Fresh {
    static final String[] DOTTED = {"stress.tenant", "stress.user_id"};
    static final double SEED = 0.42;

    private static final String[] SETTINGS = {
        "role",
        "search_path",
        "TimeZone",
        "DateStyle",
        "IntervalStyle",
        "statement_timeout",
        "lock_timeout",
        "application_name",
        "work_mem",
        "extra_float_digits",
        "transaction_isolation",
        "transaction_read_only",
        "default_transaction_isolation",
        "default_transaction_read_only",
        "standard_conforming_strings",
        "client_encoding",
        "client_min_messages",
        "bytea_output",
        "enable_seqscan",
        "session_replication_role"
    };

    private Fresh() {}

    /**
     * The statement that tells most of it in one round trip, and which session it is.
     *
     * @param seeded what random() gives first after {@code setseed(SEED)}
     */
    static String sql(String seeded) {
        StringBuilder sql = new StringBuilder("SELECT pg_backend_pid() AS pid")
                .append(", (SELECT extract(epoch FROM backend_start) FROM pg_stat_get_activity(pg_backend_pid()))"
                        + " AS started")
                .append(", current_user AS \"user\", session_user AS login")
                .append(", current_schemas(true)::text AS path")
                .append(", pg_current_xact_id_if_assigned()::text AS transaction")
                .append(list("temporary", "relname::text", "pg_class WHERE relnamespace = pg_my_temp_schema()"))
                .append(list("prepared", "name", "pg_prepared_statements"))
                .append(list("cursors", "name", "pg_cursors"))
                .append(list("channels", "c", "pg_listening_channels() c"))
                .append(list(
                        "locks",
                        "classid || '/' || objid",
                        "pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"))
                .append(list("dirt", "owner", "public.stress_row WHERE NOT committed"))
                .append(", random() = ")
                .append(seeded)
                .append(" AS seeded");
        for (String name : SETTINGS) {
            sql.append(", current_setting('").append(name).append("') AS ").append(label(name));
        }
        for (String name : DOTTED) {
            sql.append(", current_setting('")
                    .append(name)
                    .append("', true) AS ")
                    .append(label(name));
        }
        return sql.toString();
    }

    /** Not the bare name: some names alone make the agent suspicious, and then nothing would be reused. */
    private static String label(String setting) {
        return "value_" + setting.toLowerCase(Locale.ROOT).replace('.', '_');
    }

    private static String list(String name, String column, String from) {
        return ", (SELECT string_agg(" + column + ", ',') FROM " + from + ") AS " + name;
    }

    /** Attributes of the driver first, since no statement is needed; then the session. */
    static Map<String, String> read(Connection c, String sql) throws SQLException {
        Map<String, String> state = new LinkedHashMap<>();
        attributes(c, state);
        try (Statement s = c.createStatement()) {
            state.put("statement", s.getFetchSize() + " " + s.getQueryTimeout() + " " + s.getMaxRows());
            state.put("statement's connection", String.valueOf(s.getConnection() == c));
            try (ResultSet row = s.executeQuery(sql)) {
                row.next();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    state.put(row.getMetaData().getColumnLabel(i), row.getString(i));
                }
            }
        }
        return state;
    }

    private static void attributes(Connection c, Map<String, String> state) throws SQLException {
        PgConnection pg = (PgConnection) c;
        state.put("closed", String.valueOf(c.isClosed()));
        state.put("autoCommit", String.valueOf(c.getAutoCommit()));
        state.put("readOnly", String.valueOf(c.isReadOnly()));
        state.put("holdability", String.valueOf(c.getHoldability()));
        state.put("network time-out", String.valueOf(c.getNetworkTimeout()));
        state.put("type map", String.valueOf(c.getTypeMap()));
        state.put("fetch size", String.valueOf(pg.getDefaultFetchSize()));
        state.put("prepare threshold", String.valueOf(pg.getPrepareThreshold()));
        state.put("autosave", String.valueOf(pg.getAutosave()));
        state.put("query mode", String.valueOf(pg.getPreferQueryMode()));
        state.put("adaptive fetch", String.valueOf(pg.getAdaptiveFetch()));
        state.put("transaction state", String.valueOf(((BaseConnection) c).getTransactionState()));
        state.put("warnings", String.valueOf(c.getWarnings()));
    }

    /** What costs more round trips: every setting there is, sequences, notifications, the driver's count of executions. */
    static Map<String, String> readMore(Connection c) throws SQLException {
        Map<String, String> state = new TreeMap<>();
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT name, setting FROM pg_settings")) {
            while (rows.next()) {
                state.put("setting " + rows.getString(1), rows.getString(2));
            }
        }
        state.put("isolation", String.valueOf(c.getTransactionIsolation()));
        state.put("lastval", failure(c, "SELECT lastval()"));
        state.put("currval", failure(c, "SELECT currval('public.stress_sequence')"));
        PGNotification[] received = ((PgConnection) c).getNotifications();
        state.put("notifications", received == null ? "0" : String.valueOf(received.length));
        try (PreparedStatement p = c.prepareStatement("SELECT 1e10::float8");
                ResultSet row = p.executeQuery()) {
            row.next();
            state.put("float8 as text", row.getString(1)); // 1.0E10 from the fifth execution on
        }
        return state;
    }

    private static String failure(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet row = s.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            if ("55000".equals(e.getSQLState())) {
                return e.getSQLState();
            }
            throw e;
        }
    }

    /** Where they differ, as {@code name=expected->actual}; empty if nowhere. */
    static String differences(Map<String, String> expected, Map<String, String> actual) {
        StringBuilder differences = new StringBuilder();
        actual.forEach((name, value) -> {
            if (!Objects.equals(expected.get(name), value) && !name.equals("pid") && !name.equals("started")) {
                differences
                        .append(' ')
                        .append(name)
                        .append('=')
                        .append(expected.get(name))
                        .append("->")
                        .append(value);
            }
        });
        return differences.toString().trim();
    }
}
