package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Map;

/** Time-outs of statements. */
final class Timeouts {
    private Timeouts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("timeouts.prepared-statement", Timeouts::preparedStatement);
        all.put("timeouts.batch", Timeouts::batch);
        all.put("timeouts.in-a-transaction", Timeouts::inATransaction);
        all.put("timeouts.by-options-of-the-url", Timeouts::byOptionsOfTheUrl);
        all.put("timeouts.statement-reused", Timeouts::statementReused);
    }

    static void preparedStatement(Env env) throws Exception {
        try (Connection c = env.connect();
                PreparedStatement p = c.prepareStatement("SELECT 'slept' FROM pg_sleep(?)")) {
            p.setQueryTimeout(1);
            p.setDouble(1, 30);
            env.show("too long", p::executeQuery);
            p.setDouble(1, 0);
            env.print("in time", Env.text(p.executeQuery()) + " " + p.getQueryTimeout());
        }
        env.print("next", env.query("SELECT 'works'"));
    }

    static void batch(Env env) throws Exception {
        env.setup("CREATE TABLE timeout_batch (id int)");
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            s.setQueryTimeout(1);
            s.addBatch("INSERT INTO timeout_batch VALUES (1)");
            s.addBatch("INSERT INTO timeout_batch SELECT 2 FROM pg_sleep(30)");
            env.show("too long", () -> s.executeBatch().length);
            env.print("rows", env.query(c, "SELECT count(*) FROM timeout_batch"));
        }
    }

    static void inATransaction(Env env) throws Exception {
        env.setup("CREATE TABLE timeout_tx (id int)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO timeout_tx VALUES (1)", "SET LOCAL statement_timeout = '60ms'");
            env.show("too long", () -> env.query(c, "SELECT pg_sleep(30)"));
            env.show("failed", () -> env.query(c, "SELECT 1"));
            c.close();
            env.print("next", env.query("SELECT count(*), current_setting('statement_timeout') FROM timeout_tx"));
        }
    }

    static void byOptionsOfTheUrl(Env env) throws Exception {
        String url = env.urlWith("options=-c%20statement_timeout=80");
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(url, env.login())) {
                env.show("too long", () -> env.query(c, "SELECT pg_sleep(30)"));
                env.execute(c, "SET statement_timeout = 0");
                env.print("lifted", env.query(c, "SELECT 'slept' FROM pg_sleep(0.2)"));
            }
            env.print("others", env.query("SHOW statement_timeout"));
        }
    }

    static void statementReused(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            for (int i = 0; i < 8; i++) {
                s.setQueryTimeout(i % 2 * 5);
                env.print("run " + i, Env.text(s.executeQuery("SELECT " + i)) + " " + s.getQueryTimeout());
            }
        }
    }
}
