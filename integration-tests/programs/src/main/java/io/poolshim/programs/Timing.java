package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Time-outs, cancelling, warnings, time zones. */
final class Timing {
    private Timing() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("timeouts.query", Timing::queryTimeout);
        all.put("timeouts.statement-by-setting", Timing::statementTimeout);
        all.put("timeouts.cancel", Timing::cancel);
        all.put("timeouts.network", Timing::networkTimeout);
        all.put("driver-state.valid", Timing::valid);
        all.put("failures.killed-by-the-server", Timing::killedByTheServer);
        all.put("driver-state.warnings", Timing::warnings);
        all.put("zones.of-the-jvm", Timing::timeZones);
        all.put("timeouts.login", Timing::loginTimeout);
    }

    static void queryTimeout(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                s.setQueryTimeout(1);
                env.show("too long", () -> s.executeQuery("SELECT pg_sleep(30)"));
                s.setQueryTimeout(0);
                env.print("goes on", env.query(c, "SELECT 1"));
            }
        }
    }

    static void statementTimeout(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.execute(c, "SET statement_timeout = '100ms'");
            env.attempt("too long", () -> env.execute(c, "SELECT pg_sleep(30)"));
        }
        env.print("next has time", env.query("SELECT 'slept' FROM pg_sleep(0.3)"));
    }

    static void cancel(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            CountDownLatch started = new CountDownLatch(1);
            Thread canceller = new Thread(() -> {
                try (Connection watcher = env.connect()) {
                    started.await();
                    String running = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                            + " AND query LIKE '%cancel me%'";
                    while (!env.query(watcher, running).equals("1")) {
                        Thread.yield();
                    }
                    s.cancel();
                } catch (Exception e) {
                    env.print("cancel failed", Failures.describe(e));
                }
            });
            canceller.start();
            started.countDown();
            env.show("cancelled", () -> s.executeQuery("SELECT pg_sleep(30) /* cancel me */"));
            canceller.join();
            env.print("goes on", env.query(c, "SELECT 'works'"));
        }
    }

    static void networkTimeout(Env env) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Executor direct = Runnable::run;
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", c.getNetworkTimeout());
                c.setNetworkTimeout(threads, 45_000);
                env.print("after", c.getNetworkTimeout());
                env.attempt("negative", () -> c.setNetworkTimeout(direct, -1));
            }
        }
        Connection c = env.connect();
        c.setNetworkTimeout(direct, 200);
        env.show("too long", () -> env.query(c, "SELECT pg_sleep(30)"));
        env.print("closed", c.isClosed());
        env.attempt("close", c::close);
        env.print("next", env.query("SELECT 'works' FROM pg_sleep(0.3)"));
        threads.shutdown();
    }

    static void valid(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("valid", c.isValid(5) + " " + c.isValid(0));
                env.show("negative", () -> c.isValid(-1));
                c.setAutoCommit(false);
                env.attempt("fails", () -> env.execute(c, "SELECT 1/0"));
                env.print("valid in a failed transaction", c.isValid(5));
            }
        }
    }

    static void killedByTheServer(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            try (Connection admin = env.connectAsAdmin()) {
                String pid = env.query(c, "SELECT pg_backend_pid()");
                env.print("killed", env.query(admin, "SELECT pg_terminate_backend(" + pid + ", 10000)"));
            }
            env.show("use", () -> env.query(c, "SELECT 1"));
            env.print("closed", c.isClosed());
            env.print("valid", c.isValid(1));
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void warnings(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                env.print("connection's before", c.getWarnings());
                s.execute("DO $$ BEGIN RAISE NOTICE 'first'; RAISE WARNING 'second'; END $$");
                for (SQLWarning w = s.getWarnings(); w != null; w = w.getNextWarning()) {
                    env.print("warning", w.getSQLState() + " " + w.getMessage());
                }
                c.setClientInfo("ApplicationName", "warned");
                env.execute(c, "DROP TABLE IF EXISTS never_there");
            }
        }
    }

    static void timeZones(Env env) throws Exception {
        String sql = "SELECT current_setting('TimeZone'), '2024-07-01 12:00:00+00'::timestamptz";
        for (String zone : new String[] {"UTC", "Asia/Tokyo", "America/New_York", "Asia/Tokyo", "UTC"}) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            env.print(zone, env.query(sql));
        }
    }

    static void loginTimeout(Env env) throws Exception {
        DriverManager.setLoginTimeout(20);
        env.print("set", DriverManager.getLoginTimeout());
        for (int i = 0; i < 3; i++) {
            env.print("with", env.query("SELECT 'connected'"));
        }
        DriverManager.setLoginTimeout(0);
        String url = env.urlWith("loginTimeout=20&connectTimeout=15&socketTimeout=60&tcpKeepAlive=true");
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(url, env.login())) {
                env.print("by URL", env.query(c, "SELECT 1") + " " + c.getNetworkTimeout());
            }
        }
        env.print("left alone", DriverManager.getLoginTimeout());
    }
}
