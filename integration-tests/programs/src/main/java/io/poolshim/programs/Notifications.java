package io.poolshim.programs;

import java.sql.Connection;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** LISTEN and NOTIFY. */
final class Notifications {
    private Notifications() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("notify.order-and-payloads", Notifications::orderAndPayloads);
        all.put("notify.at-commit", Notifications::atCommit);
        all.put("notify.rolled-back", Notifications::rolledBack);
        all.put("notify.unlisten", Notifications::unlisten);
        all.put("notify.to-oneself", Notifications::toOneself);
        all.put("notify.wait-in-vain", Notifications::waitInVain);
        all.put("notify.listener-thread", Notifications::listenerThread);
        all.put("notify.poll-by-reconnecting", Notifications::pollByReconnecting);
    }

    private static void received(Env env, Connection connection, int wanted) throws Exception {
        int count = 0;
        while (count < wanted) {
            PGNotification[] some = connection.unwrap(PGConnection.class).getNotifications(10_000);
            if (some == null || some.length == 0) {
                env.print("nothing came");
                return;
            }
            for (PGNotification one : some) {
                env.print("received", one.getName() + " '" + one.getParameter() + "'");
                count++;
            }
        }
    }

    private static String none(Connection connection) throws Exception {
        PGNotification[] some = connection.unwrap(PGConnection.class).getNotifications();
        return some == null ? "null" : String.valueOf(some.length);
    }

    static void orderAndPayloads(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection listener = env.connect();
                    Connection sender = env.connect()) {
                env.execute(listener, "LISTEN one", "LISTEN \"Two\"");
                for (int n = 0; n < 4; n++) {
                    env.execute(sender, "NOTIFY one, 'n" + n + "'", "SELECT pg_notify('Two', 'm" + n + "')");
                }
                env.execute(sender, "NOTIFY one", "NOTIFY three, 'nobody'");
                received(env, listener, 9);
                env.print("more", none(listener));
            }
        }
    }

    static void atCommit(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection listener = env.connect();
                    Connection sender = env.connect()) {
                env.execute(listener, "LISTEN committed");
                sender.setAutoCommit(false);
                env.execute(sender, "NOTIFY committed, 'a'", "NOTIFY committed, 'a'", "NOTIFY committed, 'b'");
                env.query(listener, "SELECT 1");
                env.print("before", none(listener));
                sender.commit();
                received(env, listener, 2);
            }
        }
    }

    static void rolledBack(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection listener = env.connect()) {
                env.execute(listener, "LISTEN undone");
                try (Connection sender = env.connect()) {
                    sender.setAutoCommit(false);
                    env.execute(sender, "NOTIFY undone, 'by close'");
                }
                env.setup("NOTIFY undone, 'the only one'");
                received(env, listener, 1);
                env.print("more", none(listener));
            }
        }
    }

    static void unlisten(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "LISTEN a", "LISTEN b", "LISTEN c", "UNLISTEN b");
                env.print("channels", env.query(c, "SELECT * FROM pg_listening_channels() ORDER BY 1"));
                env.execute(c, "UNLISTEN *");
                env.print("channels", env.query(c, "SELECT count(*) FROM pg_listening_channels()"));
            }
        }
    }

    static void toOneself(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "LISTEN self", "NOTIFY self, 'hello'");
                PGNotification[] some = c.unwrap(PGConnection.class).getNotifications();
                env.print("one", some.length + " " + some[0].getParameter());
                String pid = env.query(c, "SELECT pg_backend_pid()");
                env.print("from me", String.valueOf(some[0].getPID()).equals(pid));
                env.print("again", none(c));
            }
        }
    }

    static void waitInVain(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                PGConnection pg = c.unwrap(PGConnection.class);
                env.print("not listening", pg.getNotifications(30).length);
                env.execute(c, "LISTEN silence");
                env.print("listening", pg.getNotifications(30).length);
                env.print("goes on", env.query(c, "SELECT 'works'"));
                c.setNetworkTimeout(Runnable::run, 5000);
                env.print("with network time-out", pg.getNotifications(30).length + " " + c.getNetworkTimeout());
            }
        }
    }

    static void listenerThread(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            env.execute(c, "LISTEN thread_news");
            Concurrently.Running listener = Concurrently.start(() -> {
                received(env, c, 1);
                c.close();
            });
            listener.untilReading();
            env.setup("NOTIFY thread_news, 'number " + i + "'");
            env.print("listener", listener.outcome());
            env.print("closed", c.isClosed());
        }
    }

    /** Who listens for a moment only hears only what is said in that moment. */
    static void pollByReconnecting(Env env) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "LISTEN moment");
                env.query(c, "SELECT 1");
                env.print("heard", none(c));
            }
            env.setup("NOTIFY moment, 'too late'");
        }
    }
}
