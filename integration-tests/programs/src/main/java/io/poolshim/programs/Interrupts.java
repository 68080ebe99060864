package io.poolshim.programs;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Threads with their interrupt flag set. */
final class Interrupts {
    private Interrupts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("interrupts.before-connecting", Interrupts::beforeConnecting);
        all.put("interrupts.while-using", Interrupts::whileUsing);
        all.put("interrupts.with-refused-login", Interrupts::withRefusedLogin);
    }

    static void beforeConnecting(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            Thread.currentThread().interrupt();
            try (Connection c = env.connect()) {
                env.print("flag after connect", Thread.currentThread().isInterrupted());
                env.print("works", env.query(c, "SELECT 1"));
                env.print("flag after query", Thread.currentThread().isInterrupted());
            }
            env.print("flag after close", Thread.interrupted());
            env.print("next", env.query("SELECT 2"));
        }
    }

    static void whileUsing(Env env) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            try (Connection c = env.connect()) {
                connected.countDown();
                env.show("long query", () -> env.query(c, "SELECT 'slept' FROM pg_sleep(0.4)"));
                env.print("flag", Thread.currentThread().isInterrupted());
                env.show("more", () -> env.query(c, "SELECT 'goes on'"));
            } catch (Exception e) {
                env.print("failed", Failures.describe(e));
            }
            env.print("flag after close", Thread.currentThread().isInterrupted());
        });
        worker.start();
        connected.await();
        worker.interrupt();
        worker.join();
        env.print("next", env.query("SELECT 'works'"));
    }

    static void withRefusedLogin(Env env) throws Exception {
        Thread.currentThread().interrupt();
        env.show("refused", () -> java.sql.DriverManager.getConnection(env.url(), env.user(), "guess"));
        env.print("flag", Thread.interrupted());
    }
}
