package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;

/** What sessions are called that are given no name, and others that are. */
public final class Named {
    private static final String SHOW = "SHOW application_name";

    private Named() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        env.print("at login", env.query(SHOW));
        try (Connection c = env.connect()) {
            c.setClientInfo("ApplicationName", "of the client");
            env.print("by client info", env.query(c, SHOW));
        }
        env.print("after client info", env.query(SHOW));
        try (Connection c = env.connect()) {
            env.execute(c, "SET application_name = 'of SQL'");
            env.print("by SQL", env.query(c, SHOW));
            env.execute(c, "RESET application_name");
            env.print("reset", env.query(c, SHOW));
            env.execute(c, "SET application_name = 'of SQL again'");
        }
        env.print("after SQL", env.query(SHOW));
        try (Connection c =
                DriverManager.getConnection(env.urlWith("ApplicationName=of-the-url"), env.user(), env.password())) {
            env.print("of the URL", env.query(c, SHOW));
        }
        Properties info = env.login();
        info.setProperty("ApplicationName", "of the properties");
        try (Connection c = DriverManager.getConnection(env.url(), info)) {
            env.print("of the properties", env.query(c, SHOW));
        }
        try (Connection c = env.connect()) {
            env.print("warnings", c.getWarnings());
            env.print("client info", c.getClientInfo("ApplicationName"));
        }
    }
}
