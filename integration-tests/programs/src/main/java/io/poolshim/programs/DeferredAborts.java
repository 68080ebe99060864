package io.poolshim.programs;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** {@code Connection.abort} with an executor that takes its time. */
final class DeferredAborts {
    private DeferredAborts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.deferred-abort", DeferredAborts::deferred);
        all.put("ownership.deferred-abort-after-close", DeferredAborts::afterClose);
        all.put("ownership.deferred-aborts-without-close", DeferredAborts::manyWithoutClose);
        all.put("ownership.abort-without-executor", DeferredAborts::withoutExecutor);
    }

    /** The connection is open until the executor has come to it. */
    static void deferred(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            Queue<Runnable> later = new ArrayDeque<>();
            Connection c = env.connect();
            c.abort(later::add);
            env.show("closed at once", c::isClosed);
            env.show("still works", () -> env.query(c, "SELECT 1"));
            later.remove().run();
            env.show("closed now", c::isClosed);
            env.show("works no more", () -> env.query(c, "SELECT 2"));
            env.attempt("aborted again", () -> c.abort(later::add));
            env.print("nothing more to do", later.isEmpty());
            env.attempt("close", c::close);
        }
    }

    /** An abort that comes when the connection is closed concerns nobody else. */
    static void afterClose(Env env) throws Exception {
        Queue<Runnable> later = new ArrayDeque<>();
        Connection c = env.connect();
        c.abort(later::add);
        c.close();
        try (Connection next = env.connect()) {
            env.print("next", env.query(next, "SELECT 1"));
            later.remove().run();
            env.show("next is open", () -> !next.isClosed());
            env.show("next works", () -> env.query(next, "SELECT 2"));
        }
    }

    /** Whoever aborts needs not close. */
    static void manyWithoutClose(Env env) throws Exception {
        for (int i = 0; i < 30; i++) {
            Connection c = env.connect();
            Queue<Runnable> later = new ArrayDeque<>();
            c.abort(later::add);
            later.remove().run();
        }
        env.print("and on", env.query("SELECT 1"));
    }

    static void withoutExecutor(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.attempt("abort", () -> c.abort(null));
            env.show("closed", c::isClosed);
            env.show("works", () -> env.query(c, "SELECT 1"));
        }
    }
}
