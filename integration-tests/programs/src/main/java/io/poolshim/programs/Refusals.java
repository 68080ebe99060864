package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Connections that are not had. */
final class Refusals {
    private Refusals() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("refusals.wrong-password", Refusals::wrongPassword);
        all.put("refusals.unknown-database", Refusals::unknownDatabase);
        all.put("refusals.unknown-user", Refusals::unknownUser);
        all.put("refusals.closed-port", Refusals::closedPort);
        all.put("refusals.no-driver", Refusals::noDriver);
        all.put("refusals.bad-urls", Refusals::badUrls);
        all.put("refusals.bad-properties", Refusals::badProperties);
        all.put("refusals.startup-setting-refused", Refusals::startupSettingRefused);
        all.put("refusals.failure-is-thrown-not-logged", Refusals::failureIsThrownNotLogged);
    }

    static void wrongPassword(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            env.show("wrong", () -> DriverManager.getConnection(env.url(), env.user(), "guess"));
            env.print("right", env.query("SELECT 'in'"));
        }
        env.show("empty", () -> DriverManager.getConnection(env.url(), env.user(), ""));
        env.show("none", () -> DriverManager.getConnection(env.url(), env.user(), null));
    }

    static void unknownDatabase(Env env) throws Exception {
        String url = env.url().replaceAll("/[^/]*$", "/no_such_database");
        for (int i = 0; i < 2; i++) {
            env.show("unknown", () -> DriverManager.getConnection(url, env.user(), env.password()));
        }
    }

    static void unknownUser(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            env.show("unknown", () -> DriverManager.getConnection(env.url(), "nobody_here", "x"));
        }
    }

    static void closedPort(Env env) throws Exception {
        String url = "jdbc:postgresql://localhost:" + env.value("closedPort") + "/db";
        for (int i = 0; i < 2; i++) {
            env.show("refused", () -> DriverManager.getConnection(url, env.user(), env.password()));
        }
    }

    static void noDriver(Env env) throws Exception {
        env.show("unknown", () -> DriverManager.getConnection("jdbc:nosuch:db"));
        env.show("null", () -> DriverManager.getConnection(null));
        env.show("empty", () -> DriverManager.getConnection(""));
        env.show("not JDBC", () -> DriverManager.getConnection("postgresql://localhost/db", "a", "b"));
        env.show("driver", () -> DriverManager.getDriver("jdbc:nosuch:db"));
    }

    static void badUrls(Env env) throws Exception {
        for (String tail : new String[] {
            "socketTimeout=soon", "sslmode=sometimes", "prepareThreshold=x", "assumeMinServerVersion=old",
            "loginTimeout=never", "ApplicationName=%zz", "autosave=perhaps", "targetServerType=best"
        }) {
            env.show(tail, () -> {
                try (Connection c = DriverManager.getConnection(env.urlWith(tail), env.login())) {
                    return "connected " + c.isValid(5);
                }
            });
        }
        env.show("port", () -> DriverManager.getConnection("jdbc:postgresql://localhost:port/db", env.login()));
    }

    static void badProperties(Env env) throws Exception {
        Properties info = env.login();
        info.setProperty("sslfactory", "no.such.Factory");
        info.setProperty("sslmode", "require");
        env.show("class not found", () -> DriverManager.getConnection(env.url(), info));
        Properties sockets = env.login();
        sockets.setProperty("socketFactory", "no.such.SocketFactory");
        env.show("socket factory", () -> DriverManager.getConnection(env.url(), sockets));
        Properties odd = env.login();
        odd.put("binaryTransferEnable", Integer.valueOf(23));
        odd.setProperty("somebodyElses", "property");
        env.show("odd ones", () -> {
            try (Connection c = DriverManager.getConnection(env.url(), odd)) {
                return env.query(c, "SELECT 1");
            }
        });
    }

    static void startupSettingRefused(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            env.show("options", () -> DriverManager.getConnection(env.urlWith("options=-c%20no_such=1"), env.login()));
        }
    }

    static void failureIsThrownNotLogged(Env env) {
        try {
            DriverManager.getConnection(env.url(), env.user(), "guess").close();
        } catch (SQLException e) {
            boolean throughDriverManager = false;
            for (StackTraceElement frame : e.getStackTrace()) {
                throughDriverManager |= frame.getClassName().equals("java.sql.DriverManager");
            }
            env.print("through DriverManager", throughDriverManager);
            env.print("from the driver", e.getStackTrace()[0].getClassName().startsWith("org.postgresql."));
        }
    }
}
