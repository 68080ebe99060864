package io.poolshim.clients;

import io.poolshim.programs.Env;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

/** JdbcTemplate over a DriverManagerDataSource. */
final class SpringClient {
    private SpringClient() {}

    static void run(Env env) {
        DriverManagerDataSource source = new DriverManagerDataSource(env.url(), env.user(), env.password());
        JdbcTemplate jdbc = new JdbcTemplate(source);
        jdbc.setExceptionTranslator(new SQLErrorCodeSQLExceptionTranslator(source));
        jdbc.execute("CREATE TABLE account (id serial PRIMARY KEY, owner text UNIQUE, balance numeric(10,2))");
        SimpleJdbcInsert insert = new SimpleJdbcInsert(source)
                .withTableName("account")
                .usingColumns("owner", "balance")
                .usingGeneratedKeyColumns("id");
        for (String owner : Arrays.asList("ada", "bob", "cy")) {
            env.print("key", insert.executeAndReturnKey(java.util.Collections.singletonMap("owner", owner)));
        }
        jdbc.batchUpdate("UPDATE account SET balance = ? WHERE owner = ?", batch());
        env.show("duplicate", () -> jdbc.update("INSERT INTO account (owner) VALUES ('ada')"));
        transactions(env, jdbc, new TransactionTemplate(new DataSourceTransactionManager(source)));
        env.print("rows", jdbc.queryForList("SELECT id, owner, balance FROM account ORDER BY id"));
        env.print(
                "cast",
                jdbc.execute((Connection c) -> c.unwrap(PGConnection.class).getPrepareThreshold()));
        env.show("nobody", () -> jdbc.queryForObject("SELECT id FROM account WHERE owner = 'eve'", Integer.class));
    }

    private static List<Object[]> batch() {
        return Arrays.asList(new Object[] {10.5, "ada"}, new Object[] {20, "bob"}, new Object[] {0, "cy"});
    }

    private static void transactions(Env env, JdbcTemplate jdbc, TransactionTemplate transaction) {
        for (int i = 0; i < 3; i++) {
            transaction.execute(status -> jdbc.update("UPDATE account SET balance = balance + 1"));
            transaction.execute(status -> {
                jdbc.update("UPDATE account SET balance = -1000");
                status.setRollbackOnly();
                return null;
            });
            env.show(
                    "fails",
                    () -> transaction.execute(status -> {
                        jdbc.update("DELETE FROM account");
                        return jdbc.queryForObject("SELECT 1/0", Integer.class);
                    }));
        }
    }
}
