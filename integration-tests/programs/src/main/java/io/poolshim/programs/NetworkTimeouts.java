package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** {@code setNetworkTimeout} and {@code socketTimeout}: whose they are, and for how long. */
final class NetworkTimeouts {
    private static final Executor DIRECT = Runnable::run;

    private NetworkTimeouts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.network-timeout-ends-with-the-borrow", NetworkTimeouts::endsWithTheBorrow);
        all.put("ownership.network-timeout-of-one-of-two", NetworkTimeouts::ofOneOfTwo);
        all.put("ownership.network-timeout-odd-arguments", NetworkTimeouts::oddArguments);
        all.put("ownership.network-timeout-of-a-stale-handle", NetworkTimeouts::ofAStaleHandle);
        all.put("timeouts.socket-timeout-of-the-url", NetworkTimeouts::ofTheUrl);
    }

    static void endsWithTheBorrow(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                env.print("before", c.getNetworkTimeout());
                env.print("slow", env.query(c, "SELECT 'slept' FROM pg_sleep(0.3)"));
                c.setNetworkTimeout(DIRECT, 150);
                env.print("quick", env.query(c, "SELECT 1") + " " + c.getNetworkTimeout());
            }
        }
    }

    static void ofOneOfTwo(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection hasty = env.connect();
                    Connection patient = env.connect()) {
                hasty.setNetworkTimeout(DIRECT, 150);
                env.print("patient", env.query(patient, "SELECT 'slept' FROM pg_sleep(0.4)"));
                env.show("hasty", () -> env.query(hasty, "SELECT pg_sleep(30)"));
                env.print("closed", hasty.isClosed() + " " + patient.isClosed());
                env.print("patient", env.query(patient, "SELECT 'works'"));
            }
        }
    }

    static void oddArguments(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                List<Runnable> never = new ArrayList<>();
                env.attempt("no executor", () -> c.setNetworkTimeout(null, 5000));
                env.attempt("deferred", () -> c.setNetworkTimeout(never::add, 6000));
                env.print("now", c.getNetworkTimeout() + " " + never.size());
                env.attempt("negative", () -> c.setNetworkTimeout(DIRECT, -5));
                env.attempt("zero", () -> c.setNetworkTimeout(DIRECT, 0));
                env.attempt("huge", () -> c.setNetworkTimeout(DIRECT, Integer.MAX_VALUE));
                env.print("now", c.getNetworkTimeout());
            }
        }
    }

    static void ofAStaleHandle(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection stale = env.connect();
            stale.close();
            try (Connection next = env.connect()) {
                env.attempt("set", () -> stale.setNetworkTimeout(DIRECT, 50));
                env.show("get", stale::getNetworkTimeout);
                env.print("undisturbed", env.query(next, "SELECT 'slept' FROM pg_sleep(0.2)"));
                env.print("none", next.getNetworkTimeout());
            }
        }
    }

    static void ofTheUrl(Env env) throws Exception {
        String url = env.urlWith("socketTimeout=1");
        for (int i = 0; i < 2; i++) {
            Connection c = DriverManager.getConnection(url, env.login());
            env.print("timeout", c.getNetworkTimeout());
            c.setNetworkTimeout(DIRECT, 50_000);
            env.print("slow", env.query(c, "SELECT 'slept' FROM pg_sleep(1.2)"));
            c.close();
            try (Connection next = DriverManager.getConnection(url, env.login())) {
                env.print("timeout", next.getNetworkTimeout());
                env.show("slow", () -> env.query(next, "SELECT 'slept' FROM pg_sleep(30)"));
                env.print("closed", next.isClosed());
            }
        }
    }
}
