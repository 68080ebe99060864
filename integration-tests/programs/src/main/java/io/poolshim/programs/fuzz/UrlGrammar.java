package io.poolshim.programs.fuzz;

import io.poolshim.programs.Env;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Random;

/** Calls of getConnection with secrets in every place of URL and properties where somebody may have put one. */
final class UrlGrammar {
    private final Random random;
    private final Env env;
    private final Literals literals;
    private final String host; // and port
    private final String database;

    UrlGrammar(Random random, Env env) {
        this.random = random;
        this.env = env;
        this.literals = new Literals(random);
        String target = env.url().substring("jdbc:postgresql://".length());
        this.host = target.substring(0, target.indexOf('/'));
        this.database = target.substring(target.indexOf('/') + 1);
    }

    private String word() {
        switch (random.nextInt(5)) {
            case 0:
                return literals.secrets.spelled("%%%02x");
            case 1:
                return literals.secrets.word()
                        + literals.pick("@x", "/x", ":x", "%40x", "?x", ";x", "%26x", "#x", "+x");
            case 2:
                return "x" + literals.pick("@", "/", ":", "%2F", "?", "%", "%ZZ", "=") + literals.secrets.word();
            default:
                return literals.secrets.word();
        }
    }

    /** One more call, printed with its outcome. */
    void call(String label) {
        String url = url();
        int how = random.nextInt(4);
        Properties info = info(random.nextInt(12));
        String secret = literals.secrets.word();
        env.show(label, () -> {
            try (Connection connection = connect(url, how, info, secret)) {
                return env.query(connection, "SELECT current_user, current_database()");
            }
        });
    }

    private Connection connect(String url, int how, Properties info, String secret) throws SQLException {
        switch (how) {
            case 0:
                return DriverManager.getConnection(url);
            case 1:
                return DriverManager.getConnection(url, env.user(), secret);
            case 2:
                return DriverManager.getConnection(url, env.user(), env.password());
            default:
                return DriverManager.getConnection(url, info);
        }
    }

    private Properties info(int how) {
        Properties info = how == 0 ? new Properties(env.login()) : env.login();
        String secret = literals.secrets.word();
        switch (how) {
            case 1:
                info.setProperty("password", secret);
                break;
            case 2:
                info.setProperty("options", "-c app.token=" + secret);
                break;
            case 3:
                info.setProperty("sslpassword", secret);
                break;
            case 4:
                info.setProperty("ApplicationName", secret);
                break;
            case 5:
                info.setProperty(secret, secret);
                break;
            case 6:
                info.put("loginTimeout", 90210);
                info.put(secret, new Object());
                break;
            case 7:
                info.setProperty("user", env.user() + literals.pick(":", "/", ";password=", "&password=") + secret);
                break;
            case 8:
                info.setProperty("Password", secret);
                info.setProperty("PGHOST", secret);
                break;
            case 9:
                info.setProperty("loginTimeout", secret);
                break;
            case 10:
                info.setProperty("socketFactoryArg", secret);
                info.setProperty("sslmode", random.nextBoolean() ? "disable" : secret);
                break;
            default:
                info.setProperty("currentSchema", "public");
        }
        return info;
    }

    private String url() {
        String login = "user=" + env.user() + "&password=" + env.password();
        String base = "jdbc:postgresql://" + host + "/" + database;
        switch (random.nextInt(24)) {
            case 0:
                return base + "?user=" + env.user() + "&password=" + word();
            case 1:
                return base + "?password=" + word() + "&user=" + env.user();
            case 2:
                return base + "?" + login + "&options=-c%20app.token=" + literals.secrets.word();
            case 3:
                return base + "?" + login + "&options=-c%20app.token%3D" + word();
            case 4:
                return base + "?" + login + "&sslmode=disable&sslpassword=" + word() + "&sslkey=/no/" + word();
            case 5:
                return base + "?" + login + "&ApplicationName=" + word();
            case 6:
                return base + "?" + login + "&token=" + word() + "&" + word();
            case 7:
                return base + ";password=" + word();
            case 8:
                return base + "&password=" + word();
            case 9:
                return base + "%20password%3D" + word();
            case 10:
                return base + "/password/" + word();
            case 11:
                return "jdbc:postgresql://" + env.user() + ":" + word() + "@" + host + "/" + database;
            case 12:
                return "jdbc:postgresql://" + env.user() + "/" + word() + "@" + host + "/" + database;
            case 13:
                return "jdbc:postgresql://" + env.user() + ":"
                        + literals.secrets.number().substring(0, 4) + "/" + literals.secrets.word() + "@" + host + "/"
                        + database;
            case 14:
                return "jdbc:postgresql://localhost:1," + host + "/" + database + "?" + login + "&x=" + word();
            case 15:
                return "jdbc:postgresql://localhost:1,me:" + word() + "@" + host + "/" + database;
            case 16:
                return "jdbc:postgresql://localhost:" + word() + "/" + database;
            case 17:
                return "jdbc:postgresql:" + literals.pick("/", "", "//") + database + "?password=" + word();
            case 18:
                return "jdbc:postgresql:" + database + ";password=" + word();
            case 19:
                return "jdbc:postgres://" + env.user() + ":" + word() + "@" + host + "/" + database;
            case 20:
                return literals.pick(
                        "jdbc:mysql://me:" + word() + "@localhost/x?password=" + word(),
                        "jdbc:oracle:thin:scott/" + word() + "@localhost:1:x",
                        "jdbc:sqlserver://localhost;password=" + word(),
                        "jdbc:" + literals.secrets.word(),
                        "jdbc:me/" + word(),
                        "JDBC:POSTGRESQL://localhost/x?password=" + word(),
                        " jdbc:postgresql://localhost/x?password=" + word(),
                        word());
            case 21:
                return base + "?password=" + word() + "&loggerLevel=" + word() + "&prepareThreshold=" + word();
            default:
                return base;
        }
    }
}
