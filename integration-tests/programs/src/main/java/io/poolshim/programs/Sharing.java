package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One connection, several threads. */
final class Sharing {
    private Sharing() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.shared-by-threads", Sharing::byThreads);
        all.put("ownership.shared-prepared-statements", Sharing::preparedStatements);
        all.put("ownership.shared-and-one-closes", Sharing::oneCloses);
        all.put("ownership.shared-and-one-waits", Sharing::oneWaits);
        all.put("ownership.shared-transaction", Sharing::transaction);
        all.put("ownership.handed-through-a-queue", Sharing::handedThroughAQueue);
        all.put("ownership.one-for-each-thread", Sharing::oneForEachThread);
    }

    static void byThreads(Env env) throws Exception {
        for (int round = 0; round < 3; round++) {
            try (Connection c = env.connect()) {
                List<Concurrently.Running> threads = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    int number = t;
                    threads.add(Concurrently.start(() -> {
                        for (int i = 0; i < 25; i++) {
                            String wanted = number + "|" + i;
                            if (!env.query(c, "SELECT " + number + ", " + i).equals(wanted)) {
                                throw new IllegalStateException("somebody else's result");
                            }
                        }
                    }));
                }
                print(env, threads);
            }
        }
    }

    private static void print(Env env, List<Concurrently.Running> threads) throws Exception {
        for (Concurrently.Running thread : threads) {
            env.print("thread", thread.outcome());
        }
    }

    static void preparedStatements(Env env) throws Exception {
        env.setup("CREATE TABLE shared_rows (worker int, n int)");
        try (Connection c = env.connect()) {
            List<Concurrently.Running> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                threads.add(Concurrently.start(() -> {
                    try (PreparedStatement p = c.prepareStatement("INSERT INTO shared_rows VALUES (?, ?)")) {
                        for (int i = 0; i < 20; i++) {
                            p.setInt(1, number);
                            p.setInt(2, i);
                            p.executeUpdate();
                        }
                    }
                }));
            }
            print(env, threads);
        }
        env.print("rows", env.query("SELECT worker, count(*), sum(n) FROM shared_rows GROUP BY 1 ORDER BY 1"));
    }

    static void oneCloses(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            env.print(
                    "before", Concurrently.start(() -> env.query(c, "SELECT 1")).outcome());
            env.print("closes", Concurrently.start(c::close).outcome());
            env.print(
                    "after", Concurrently.start(() -> env.query(c, "SELECT 1")).outcome());
            env.print(
                    "prepares",
                    Concurrently.start(() -> c.prepareStatement("SELECT 1")).outcome());
            env.print("commits", Concurrently.start(c::commit).outcome());
            env.print("closes", Concurrently.start(c::close).outcome());
            env.print("valid", c.isValid(1));
        }
    }

    /** The driver lets one in after the other. */
    static void oneWaits(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "CREATE TEMP SEQUENCE turns");
                String slow = "SELECT nextval('turns') FROM pg_sleep(0.4) /* turn" + i + " */";
                Concurrently.Running first = Concurrently.start(() -> env.print("first", env.query(c, slow)));
                Concurrently.untilAsleep(env, "/* turn" + i);
                String second = env.query(c, "SELECT nextval('turns')");
                env.print("first's end", first.outcome());
                env.print("second", second);
            }
        }
    }

    static void transaction(Env env) throws Exception {
        env.setup("CREATE TABLE shared_tx (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "INSERT INTO shared_tx VALUES (1)");
                env.print(
                        "other thread",
                        Concurrently.start(() -> env.execute(c, "INSERT INTO shared_tx VALUES (2)"))
                                .outcome());
                env.print("rolls back", Concurrently.start(c::rollback).outcome());
                env.print("rows", env.query(c, "SELECT count(*) FROM shared_tx"));
                env.execute(c, "INSERT INTO shared_tx VALUES (3)");
                env.print("commits", Concurrently.start(c::commit).outcome());
            }
            env.print("rows", env.query("SELECT count(*) FROM shared_tx"));
        }
    }

    static void handedThroughAQueue(Env env) throws Exception {
        BlockingQueue<Connection> queue = new ArrayBlockingQueue<>(3);
        Concurrently.Running producer = Concurrently.start(() -> {
            for (int i = 0; i < 12; i++) {
                Connection c = env.connect();
                env.execute(c, "CREATE TEMP TABLE parcel AS SELECT " + i + " AS n");
                queue.put(c);
            }
        });
        for (int i = 0; i < 12; i++) {
            try (Connection c = queue.take()) {
                env.print("parcel", env.query(c, "SELECT n FROM parcel"));
            }
        }
        env.print("producer", producer.outcome());
    }

    static void oneForEachThread(Env env) throws Exception {
        ThreadLocal<Connection> own = new ThreadLocal<>();
        List<Concurrently.Running> threads = new ArrayList<>();
        for (int t = 0; t < 5; t++) {
            int number = t;
            threads.add(Concurrently.start(() -> {
                own.set(env.connect());
                own.get().setAutoCommit(false);
                env.execute(own.get(), "SET LOCAL application_name = 'thread " + number + "'");
                for (int i = 0; i < 5; i++) {
                    String name = env.query(own.get(), "SHOW application_name");
                    if (!name.equals("thread " + number)) {
                        throw new IllegalStateException(name);
                    }
                }
                own.get().commit();
                own.get().close();
            }));
        }
        print(env, threads);
    }
}
