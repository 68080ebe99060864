package io.poolshim.programs;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Whole little applications, in the manner of their time. */
final class Applications {
    private Applications() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("applications.order-desk", Applications::orderDesk);
        all.put("applications.job-queue", Applications::jobQueue);
        all.put("applications.schema-migration", Applications::schemaMigration);
        all.put("applications.audit-trail", Applications::auditTrail);
        all.put("leaks.forgotten-on-the-error-path", Applications::forgottenOnTheErrorPath);
    }

    static void orderDesk(Env env) throws Exception {
        env.setup(
                "CREATE TABLE customer (id serial PRIMARY KEY, name text UNIQUE)",
                "CREATE TABLE purchase (id serial PRIMARY KEY, customer int REFERENCES customer, total numeric(10,2))");
        for (String name : new String[] {"Ada", "Grace", "Ada", "Edsger"}) {
            int customer = findOrCreate(env, name);
            order(env, customer, new BigDecimal("19.90"));
            env.print("customer " + name, report(env, customer));
        }
        env.show("unknown customer", () -> {
            order(env, 99, BigDecimal.ONE);
            return "accepted";
        });
        env.print("turnover", env.query("SELECT sum(total), count(*) FROM purchase"));
    }

    private static int findOrCreate(Env env, String name) throws SQLException {
        try (Connection c = env.connect();
                PreparedStatement find = c.prepareStatement("SELECT id FROM customer WHERE name = ?")) {
            find.setString(1, name);
            try (ResultSet r = find.executeQuery()) {
                return r.next() ? r.getInt(1) : create(env, name);
            }
        }
    }

    /** Called while the caller still holds its own connection. */
    private static int create(Env env, String name) throws SQLException {
        try (Connection c = env.connect();
                PreparedStatement insert =
                        c.prepareStatement("INSERT INTO customer (name) VALUES (?)", new String[] {"id"})) {
            insert.setString(1, name);
            insert.executeUpdate();
            ResultSet keys = insert.getGeneratedKeys();
            keys.next();
            return keys.getInt(1);
        }
    }

    private static void order(Env env, int customer, BigDecimal total) throws SQLException {
        Connection c = env.connect();
        try {
            c.setAutoCommit(false);
            PreparedStatement insert = c.prepareStatement("INSERT INTO purchase (customer, total) VALUES (?, ?)");
            insert.setInt(1, customer);
            insert.setBigDecimal(2, total);
            insert.executeUpdate();
            c.commit();
        } finally {
            c.close();
        }
    }

    private static String report(Env env, int customer) throws SQLException {
        return env.query("SELECT name, count(*), sum(total) FROM purchase JOIN customer c ON c.id = customer"
                + " WHERE c.id = " + customer + " GROUP BY name");
    }

    static void jobQueue(Env env) throws Exception {
        env.setup(
                "CREATE TABLE job (id int PRIMARY KEY, done boolean)",
                "INSERT INTO job SELECT g, false FROM generate_series(1, 6) g");
        String take = "SELECT id FROM job WHERE NOT done ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";
        try (Connection slow = env.connect()) {
            slow.setAutoCommit(false);
            env.print("slow worker", env.query(slow, take));
            for (int i = 0; i < 3; i++) {
                try (Connection c = env.connect()) {
                    c.setAutoCommit(false);
                    String id = env.query(c, take);
                    env.execute(c, "UPDATE job SET done = true WHERE id = " + id);
                    c.commit();
                    env.print("worker", id);
                }
            }
            slow.rollback();
        }
        env.print("left", env.query("SELECT id FROM job WHERE NOT done ORDER BY id"));
    }

    static void schemaMigration(Env env) throws Exception {
        env.setup("CREATE TABLE migration (version int PRIMARY KEY)");
        String[] steps = {
            "CREATE TABLE article (id int)", "ALTER TABLE article ADD COLUMN name text", "ALTER TABLE artikel ADD x int"
        };
        for (int version = 0; version < steps.length; version++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "SELECT pg_advisory_xact_lock(99)", "INSERT INTO migration VALUES (" + version + ")");
                env.execute(c, steps[version]);
                c.commit();
                env.print("version " + version, "applied");
            } catch (SQLException e) {
                env.print("version " + version, Failures.describe(e));
            }
        }
        env.print("versions", env.query("SELECT version FROM migration ORDER BY version"));
        env.print("columns", env.query("SELECT * FROM article"));
    }

    static void auditTrail(Env env) throws Exception {
        env.setup(
                "CREATE TABLE audited (id int)",
                "CREATE TABLE audit (who text, op text)",
                "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " INSERT INTO audit VALUES (coalesce(current_setting('app.user', true), 'nobody'), TG_OP);"
                        + " RETURN NEW; END $$",
                "CREATE TRIGGER audit AFTER INSERT ON audited FOR EACH ROW EXECUTE FUNCTION audit()");
        for (String user : new String[] {"ada", null, "grace", null}) {
            try (Connection c = env.connect()) {
                if (user != null) {
                    env.execute(c, "SELECT set_config('app.user', '" + user + "', false)");
                }
                env.execute(c, "INSERT INTO audited VALUES (1)");
            }
        }
        env.print("audit", env.query("SELECT who, op FROM audit"));
    }

    static void forgottenOnTheErrorPath(Env env) throws Exception {
        env.setup("CREATE TABLE careless (id int PRIMARY KEY)");
        Connection[] forgotten = new Connection[4];
        for (int i = 0; i < 4; i++) {
            int slot = i;
            env.show("insert", () -> {
                Connection c = env.connect();
                forgotten[slot] = c;
                env.execute(c, "INSERT INTO careless VALUES (1)");
                c.close();
                return "inserted";
            });
        }
        env.print("rows", env.query("SELECT count(*) FROM careless"));
        for (Connection c : forgotten) {
            c.close();
        }
    }
}
