package io.poolshim.programs.stress;

import io.poolshim.programs.Env;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Hunts for the worst bugs a pool can have: two borrowers on one physical connection, and one borrower's state seen by
 * the next. Many threads do their worst to connections of several pools for a given time; each borrow is checked. Ends
 * with 1 if anything was found. Without a pool it finds nothing, which shows that it asks for nothing special.
 */
public final class Stress {
    private static final String[] TABLES = {
        "CREATE UNLOGGED TABLE stress_row (owner text, committed boolean)",
        "CREATE UNLOGGED TABLE stress_counter (id int PRIMARY KEY, n bigint NOT NULL)",
        "INSERT INTO stress_counter SELECT g, 0 FROM generate_series(0, 999) g",
        "CREATE UNLOGGED TABLE stress_key (id serial PRIMARY KEY, owner text)",
        "CREATE UNLOGGED TABLE stress_claim (pid int PRIMARY KEY DEFAULT pg_backend_pid(), owner text)",
        "CREATE SEQUENCE stress_sequence",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC",
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO PUBLIC"
    };
    private static final int PATIENCE_SECONDS = 60;

    private final Scene scene = new Scene();
    private final Env env = new Env(System.out);
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private Stress() {}

    public static void main(String[] args) throws Exception {
        System.exit(new Stress().run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        env.print("seed", scene.options.seed);
        prepare();
        start();
        for (long left = scene.options.seconds; left > 0 && !scene.isOver(); left--) {
            over.await(1, TimeUnit.SECONDS);
        }
        scene.end();
        over.countDown();
        awaitThreads();
        checkRows();
        new Summary(env, scene).print();
        return scene.findings.areNone();
    }

    private void prepare() throws SQLException {
        String second = env.value("url2");
        scene.targets.add(new Target("user", env.url(), env.user(), env.password(), false));
        scene.targets.add(new Target("admin", env.url(), env.value("admin"), env.value("adminPassword"), true));
        scene.targets.add(new Target("second", second, env.user(), env.password(), false));
        createTables(new Target("setup", env.url(), env.value("admin"), env.value("adminPassword"), true));
        createTables(new Target("setup", second, env.value("admin"), env.value("adminPassword"), true));
        for (Target target : scene.targets) {
            readFresh(target);
        }
    }

    static void createTables(Target target) throws SQLException {
        try (Connection admin = target.direct();
                Statement s = admin.createStatement()) {
            for (String sql : TABLES) {
                s.execute(sql);
            }
        }
    }

    /** The reference: a connection of which the agent knows nothing. */
    private void readFresh(Target target) throws SQLException {
        scene.freshSql = freshSql(target);
        try (Connection fresh = target.direct()) {
            target.fresh = Fresh.read(fresh, scene.freshSql);
            target.fresh.putAll(Fresh.readMore(fresh));
        }
    }

    /** What tells most of a session in one round trip. */
    static String freshSql(Target target) throws SQLException {
        try (Connection seeded = target.direct();
                Statement s = seeded.createStatement()) {
            s.execute("SELECT setseed(" + Fresh.SEED + ")");
            try (ResultSet row = s.executeQuery("SELECT random()")) {
                row.next();
                return Fresh.sql(row.getString(1));
            }
        }
    }

    private void start() throws SQLException {
        for (Target target : scene.targets) {
            target.borrow().close(); // how a pool begins is another story
        }
        for (int i = 0; i < scene.options.threads; i++) {
            start(new Worker(scene, i), "worker " + i);
        }
        if (scene.options.killPause > 0) {
            Connection admin = scene.targets.get(1).direct();
            scene.sessions.spare(((PGConnection) admin).getBackendPID());
            start(new Killer(scene, admin, over), "administrator");
        }
    }

    private void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** One that does not come back waits for something that it would not have waited for unpooled. */
    private void awaitThreads() throws InterruptedException {
        int patience = scene.findings.areNone() ? PATIENCE_SECONDS : PATIENCE_SECONDS / 10;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            if (thread.isAlive()) {
                Exception where = new Exception(thread.getName() + " is stuck");
                where.setStackTrace(thread.getStackTrace());
                scene.findings.unexpected("the end", new History(1), where);
            }
        }
    }

    /** What was never committed must not be there. */
    private void checkRows() throws SQLException {
        for (Target target : scene.targets) {
            try (Connection fresh = target.direct()) {
                String differences = Fresh.differences(target.fresh, Fresh.read(fresh, scene.freshSql));
                if (!differences.isEmpty()) {
                    scene.findings.violation("left behind in " + target.name, new History(1), differences);
                }
            }
        }
    }
}
