package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An administrator who ends sessions and cancels statements, used and idle ones. */
final class Killer implements Runnable {
    private static final String SESSIONS = "SELECT pid FROM pg_stat_activity WHERE datname LIKE 'stress%'"
            + " AND backend_type = 'client backend' AND state IS NOT NULL AND usename IS NOT NULL ORDER BY pid";

    private final Scene scene;
    private final Connection admin;
    private final CountDownLatch over;
    private final Random random;

    Killer(Scene scene, Connection admin, CountDownLatch over) {
        this.scene = scene;
        this.admin = admin;
        this.over = over;
        this.random = new Random(scene.options.seed);
    }

    @Override
    public void run() {
        try {
            while (!over.await(scene.options.killPause, TimeUnit.MILLISECONDS)) {
                if (scene.options.drops > 0 && random.nextInt(10) == 0) {
                    System.gc(); // so that what was dropped is found
                }
                List<Integer> pids = sessions();
                if (!pids.isEmpty()) {
                    strike(pids.get(random.nextInt(pids.size())), random.nextBoolean());
                }
            }
        } catch (InterruptedException | SQLException e) {
            scene.findings.unexpected("the administrator", new History(1), e);
        }
    }

    private List<Integer> sessions() throws SQLException {
        List<Integer> pids = new ArrayList<>();
        try (Statement s = admin.createStatement();
                ResultSet rows = s.executeQuery(SESSIONS)) {
            while (rows.next()) {
                if (!scene.sessions.isSpared(rows.getInt(1))) {
                    pids.add(rows.getInt(1));
                }
            }
        }
        return pids;
    }

    private void strike(int pid, boolean kill) throws SQLException {
        scene.findings.recent.add((kill ? "kill " : "cancel ") + pid);
        if (kill) {
            scene.tally.count("kills");
            scene.sessions.killing(pid);
            tell("SELECT pg_terminate_backend(" + pid + ")");
        } else {
            scene.tally.count("cancels");
            scene.sessions.cancelling(pid);
            tell("SELECT pg_cancel_backend(" + pid + ")");
            scene.sessions.cancelling(pid);
        }
    }

    private void tell(String sql) throws SQLException {
        try (Statement s = admin.createStatement()) {
            s.execute(sql);
        }
    }
}
