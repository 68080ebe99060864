package io.poolshim.programs.fuzz;

import io.poolshim.programs.Env;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends texts and opens connections that are full of secrets, and prints how each ended. Two runs of one seed do the same.
 */
public final class Fuzz {
    private static final int TEXTS_OF_A_BORROW = 10;
    private static final Logger DRIVER = Logger.getLogger("org.postgresql"); // kept: levels of garbage are forgotten

    private static final String[] PARAMETERS = {
        "prepareThreshold=5",
        "preferQueryMode=simple",
        "reWriteBatchedInserts=true",
        "prepareThreshold=1",
        "autosave=always"
    };

    private final Env env;
    private final Random random = new Random(Long.getLong("app.seed", 1));

    private Fuzz(Env env) {
        this.env = env;
    }

    public static void main(String[] args) throws Exception {
        DRIVER.setLevel(Level.OFF); // it would write parts of URLs to stderr
        new Fuzz(new Env(new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8"))).run();
    }

    private void run() throws SQLException {
        env.setup(
                "CREATE TABLE fuzz (id serial PRIMARY KEY, s text CHECK (s NOT LIKE 'forbidden%'), n numeric, b bytea)",
                "INSERT INTO fuzz (s, n) VALUES ('x', 1)",
                "CREATE FUNCTION fuzz_upper(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)'");
        Executions executions = new Executions(random, env);
        int texts = Integer.getInteger("app.texts", 100);
        while (executions.texts < texts) {
            borrow(executions);
        }
        UrlGrammar urls = new UrlGrammar(random, env);
        int calls = Integer.getInteger("app.urls", 100);
        for (int i = 1; i <= calls; i++) {
            urls.call("call " + i);
        }
        env.print("fuzz: texts=" + executions.texts + " with-secrets=" + executions.withSecrets + " calls=" + calls);
    }

    private void borrow(Executions executions) throws SQLException {
        boolean asAdmin = random.nextInt(5) == 0; // everything is rolled back then: roles are of all databases
        try (Connection connection = connect(asAdmin)) {
            connection.setAutoCommit(!asAdmin);
            for (int i = 0; i < TEXTS_OF_A_BORROW && !connection.isClosed(); i++) { // the driver gives some up
                executions.run(connection);
                if (asAdmin) {
                    env.attempt("rollback", connection::rollback);
                }
            }
        }
    }

    private Connection connect(boolean asAdmin) throws SQLException {
        String url = env.urlWith(PARAMETERS[random.nextInt(PARAMETERS.length)]);
        return asAdmin
                ? DriverManager.getConnection(url, env.value("admin"), env.value("adminPassword"))
                : DriverManager.getConnection(url, env.user(), env.password());
    }
}
