package io.poolshim.programs.fuzz;

import io.poolshim.programs.Env;
import java.io.StringReader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Random;
import org.postgresql.PGConnection;

/** The ways in which an application sends a text, or values for one. */
final class Executions {
    private static final String INSERT = "INSERT INTO fuzz (s, n, b) VALUES (?, ?, ?)";

    private final Random random;
    private final SqlGrammar grammar;
    private final Secrets secrets;
    private final Env env;
    int texts;
    int withSecrets;

    Executions(Random random, Env env) {
        this.random = random;
        this.grammar = new SqlGrammar(random);
        this.secrets = new Secrets(random);
        this.env = env;
    }

    /** One more, with the outcome printed. */
    void run(Connection connection) {
        int how = random.nextInt(12);
        texts++;
        if (how >= 7) {
            withSecrets++;
            env.show(String.valueOf(texts), () -> withValues(connection, how));
            return;
        }
        String sql = grammar.text();
        withSecrets += Secrets.in(sql) == null ? 0 : 1;
        env.show(String.valueOf(texts), () -> text(connection, sql, how));
    }

    private static String text(Connection connection, String sql, int how) throws SQLException {
        if (how == 5) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return result(statement, statement.execute());
            }
        }
        try (Statement statement = connection.createStatement()) {
            if (how == 6) {
                statement.addBatch("UPDATE fuzz SET n = n WHERE id = 1");
                statement.addBatch(sql);
                return "batch " + statement.executeBatch().length;
            }
            return result(statement, statement.execute(sql));
        }
    }

    private static String result(Statement statement, boolean rows) throws SQLException {
        StringBuilder results = new StringBuilder();
        boolean isRows = rows;
        while (isRows || statement.getUpdateCount() >= 0) {
            results.append(
                    isRows ? " rows " + count(statement.getResultSet()) : " count " + statement.getUpdateCount());
            isRows = statement.getMoreResults();
        }
        return results.toString();
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    private String withValues(Connection connection, int how) throws Exception {
        switch (how) {
            case 7:
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    bind(insert);
                    return result(insert, insert.execute());
                }
            case 8:
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    for (int i = 0; i < 3; i++) {
                        bind(insert);
                        insert.addBatch();
                    }
                    return "batch " + insert.executeBatch().length;
                }
            case 9:
                try (PreparedStatement convert = connection.prepareStatement("SELECT ?::int, ?::jsonb")) {
                    convert.setString(1, secrets.word());
                    convert.setString(2, random.nextBoolean() ? secrets.word() : "\"" + secrets.word() + "\"");
                    return result(convert, convert.execute());
                }
            case 10:
                try (CallableStatement call = connection.prepareCall("{? = call fuzz_upper(?)}")) {
                    call.registerOutParameter(1, Types.VARCHAR);
                    call.setString(2, secrets.word());
                    call.execute();
                    return call.getString(1);
                }
            default:
                return "copied "
                        + connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn(
                                        "COPY fuzz (s, n) FROM STDIN WITH (DELIMITER '|', NULL '" + secrets.word()
                                                + "')",
                                        new StringReader(secrets.word() + "|"
                                                + (random.nextBoolean() ? secrets.word() : secrets.number()) + "\n"));
        }
    }

    private void bind(PreparedStatement insert) throws SQLException {
        insert.setString(1, random.nextInt(5) == 0 ? "forbidden " + secrets.word() : secrets.word()); // by a check
        insert.setLong(2, Long.parseLong(secrets.number()));
        insert.setBytes(3, secrets.word().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
