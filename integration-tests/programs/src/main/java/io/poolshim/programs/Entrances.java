package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/** All the ways to ask for a connection. */
final class Entrances {
    private Entrances() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("entrances.overloads", Entrances::overloads);
        all.put("entrances.properties-with-defaults", Entrances::propertiesWithDefaults);
        all.put("entrances.the-same-but-for-defaults", Entrances::theSameButForDefaults);
        all.put("entrances.properties-change-afterwards", Entrances::propertiesChangeAfterwards);
        all.put("entrances.system-properties", Entrances::systemProperties);
        all.put("entrances.data-source", Entrances::dataSource);
        all.put("entrances.nobody", Entrances::nobody);
        all.put("entrances.url-parameters", Entrances::urlParameters);
        all.put("entrances.two-users", Entrances::twoUsers);
    }

    private static String who(Env env, Connection connection) throws SQLException {
        try (Connection c = connection) {
            return env.query(c, "SELECT current_user, current_database()") + " "
                    + c.createStatement().getConnection().equals(c);
        }
    }

    static void overloads(Env env) throws Exception {
        String full = env.urlWith("user=" + env.user() + "&password=" + env.password());
        for (int i = 0; i < 3; i++) {
            env.print("url", who(env, DriverManager.getConnection(full)));
            env.print("user", who(env, DriverManager.getConnection(env.url(), env.user(), env.password())));
            env.print("properties", who(env, DriverManager.getConnection(env.url(), env.login())));
        }
        env.show("no login", () -> DriverManager.getConnection(env.urlWith("user=" + env.user())));
    }

    static void propertiesWithDefaults(Env env) throws Exception {
        Properties defaults = env.login();
        defaults.setProperty("ApplicationName", "by default");
        Properties info = new Properties(defaults);
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(env.url(), info)) {
                env.print("name", env.query(c, "SHOW application_name"));
            }
        }
        env.print("untouched", info.isEmpty());
    }

    static void propertiesChangeAfterwards(Env env) throws Exception {
        Properties info = env.login();
        for (int i = 0; i < 3; i++) {
            info.setProperty("ApplicationName", "call " + i);
            Connection c = DriverManager.getConnection(env.url(), info);
            info.setProperty("password", "forgotten");
            env.print("name", env.query(c, "SHOW application_name"));
            c.close();
            env.show("now wrong", () -> DriverManager.getConnection(env.url(), info));
            info.setProperty("password", env.password());
        }
    }

    static void systemProperties(Env env) throws Exception {
        Properties system = System.getProperties();
        system.setProperty("user", env.user());
        system.setProperty("password", env.password());
        try {
            for (int i = 0; i < 5; i++) {
                system.setProperty("request.number", String.valueOf(i));
                try (Connection c = DriverManager.getConnection(env.url(), system)) {
                    env.print("call " + i, env.query(c, "SELECT " + i));
                }
            }
        } finally {
            system.remove("user");
            system.remove("password");
        }
    }

    static void dataSource(Env env) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(env.url());
        source.setUser(env.user());
        source.setPassword(env.password());
        source.setApplicationName("data source");
        for (int i = 0; i < 4; i++) {
            try (Connection c = source.getConnection()) {
                env.print("name", env.query(c, "SHOW application_name"));
                env.print("identity", c.createStatement().getConnection() == c);
                env.execute(c, "SET application_name = 'changed'");
            }
        }
        env.show("wrong", () -> source.getConnection(env.user(), "guess"));
    }

    /** Without a user the driver takes the JVM's {@code user.name}. */
    static void nobody(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            env.print(
                    "the JVM's user", who(env, DriverManager.getConnection(env.urlWith("password=" + env.password()))));
        }
        env.show("without password", () -> DriverManager.getConnection(env.url()));
    }

    static void urlParameters(Env env) throws Exception {
        for (String parameter : new String[] {
            "prepareThreshold=1", "preferQueryMode=simple", "binaryTransfer=false", "defaultRowFetchSize=5",
            "stringtype=unspecified", "reWriteBatchedInserts=true", "readOnly=true", "autosave=always",
            "assumeMinServerVersion=9.0", "logUnclosedConnections=false", "disableColumnSanitiser=true"
        }) {
            for (int i = 0; i < 2; i++) {
                try (Connection c = DriverManager.getConnection(env.urlWith(parameter), env.login())) {
                    env.print(parameter, env.query(c, "SELECT 1 AS \"One\"") + " " + c.isReadOnly());
                }
            }
        }
    }

    static void twoUsers(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            env.print("user", who(env, env.connect()));
            env.print("admin", who(env, env.connectAsAdmin()));
        }
    }

    /** Properties that look alike, entry by entry, and are not. */
    static void theSameButForDefaults(Env env) throws Exception {
        Properties defaults = new Properties();
        defaults.setProperty("options", "-c work_mem=5MB");
        for (int i = 0; i < 4; i++) {
            for (Properties basis : new Properties[] {null, defaults, new Properties()}) {
                Properties info = new Properties(basis);
                info.setProperty("user", env.user());
                info.setProperty("password", env.password());
                try (Connection c = DriverManager.getConnection(env.url(), info)) {
                    env.print("work_mem", env.query(c, "SHOW work_mem"));
                }
            }
        }
        Properties own = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getProperty(String name) {
                return name.equals("options") ? "-c work_mem=6MB" : super.getProperty(name);
            }
        };
        own.putAll(env.login());
        try (Connection c = DriverManager.getConnection(env.url(), own)) {
            env.print("of a class of its own", env.query(c, "SHOW work_mem"));
        }
    }
}
