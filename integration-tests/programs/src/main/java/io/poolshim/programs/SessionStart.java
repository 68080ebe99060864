package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Properties;

/** What sessions begin with, go back to, and how long statements may take in them. */
public final class SessionStart {
    private static final String SHOW = "SELECT current_setting('statement_timeout'), current_setting('TimeZone'),"
            + " current_setting('app.tenant', true), current_setting('work_mem')";

    private SessionStart() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        for (String borrow : new String[] {"first", "second"}) {
            try (Connection c = env.connect()) {
                env.print(borrow, env.query(c, SHOW));
                env.execute(c, "SET statement_timeout = 0");
                env.execute(c, "SET TimeZone = 'Asia/Tokyo'");
                env.execute(c, "RESET statement_timeout");
                env.print(borrow + ", reset", env.query(c, SHOW));
            }
        }
        try (Connection c = env.connect()) {
            env.print("instant", env.query(c, "SELECT timestamptz '2001-02-03 04:05:06+00'"));
            env.print("client info", c.getClientInfo("ApplicationName"));
            env.print("url", c.getMetaData().getURL().equals(env.url()));
        }
        Properties own = env.login();
        own.setProperty("options", "-c work_mem=5MB");
        for (int i = 0; i < 2; i++) {
            try (Connection c = DriverManager.getConnection(env.url(), own)) {
                env.print("own options", env.query(c, SHOW));
            }
        }
        try (Connection c =
                DriverManager.getConnection(env.urlWith("options=-c%20work_mem=6MB"), env.user(), env.password())) {
            env.print("options of the URL", env.query(c, SHOW));
        }
        timeouts(env);
    }

    private static void timeouts(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement plain = c.createStatement();
                PreparedStatement prepared = c.prepareStatement("SELECT 1")) {
            env.print("timeouts", plain.getQueryTimeout() + " " + prepared.getQueryTimeout());
            plain.setQueryTimeout(7);
            env.print("own timeout", plain.getQueryTimeout());
        }
        try (Connection c = env.connect();
                Statement slow = c.createStatement()) {
            slow.execute(System.getProperty("slow", "SELECT 1"));
            env.print("slow", "done");
        } catch (java.sql.SQLException e) {
            env.print("slow", e.getSQLState());
        }
    }
}
