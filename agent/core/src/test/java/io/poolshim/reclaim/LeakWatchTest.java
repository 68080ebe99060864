package io.poolshim.reclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.Login;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.HealthyPhysical;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private ConnectionPool pool;
    private LeakWatch leaks;

    @AfterEach
    void end() {
        scheduler.shutdownNow();
        System.setErr(stderr);
    }

    private void start(String settings) {
        Config config = Config.read(new Properties(), Collections.emptyMap(), settings + ",pool.keep-from=1");
        leaks = new LeakWatch(config);
        Login login = new Login("me", Collections.singletonList("here:5432"), "db", 0);
        pool = new ConnectionPool(
                login, config, scheduler, new PoolListener() {}, new Neighbourhood(100, leaks::reclaim));
        System.setErr(printer());
    }

    private BorrowRecord borrow(String place) throws SQLException {
        BorrowRecord record = new BorrowRecord(pool, HealthyPhysical::new, place);
        assertTrue(pool.borrow(record, 0));
        return record;
    }

    private void drop(String place) throws SQLException {
        leaks.watch(new Object(), borrow(place));
    }

    private PrintStream printer() {
        try {
            return new PrintStream(log, true, "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String logged() {
        return new String(log.toByteArray(), StandardCharsets.UTF_8);
    }

    /** The collector says when it has got as far; another reference tells. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), queue);
        for (int i = 0; i < 50; i++) {
            System.gc();
            if (queue.remove(20) == canary) {
                return;
            }
        }
    }

    private void reclaim(int expected) throws InterruptedException {
        for (int i = 0; i < 50 && pool.statistics().reclaimed.sum() < expected; i++) {
            collectGarbage();
            leaks.reclaim();
        }
        assertEquals(expected, pool.statistics().reclaimed.sum());
    }

    @Test
    void droppedConnections_areReallyClosedAndTheirPlacesFree() throws Exception {
        start("pool.max-size=2,pool.overflow=0");
        drop("legacy.Dao");
        drop("legacy.Dao");
        reclaim(2);
        assertTrue(pool.state().startsWith("used=0/2 idle=0 "), pool.state());
        assertEquals(0, pool.statistics().open());
    }

    @Test
    void pendingBorrower_findsWhatWasDropped() throws Exception {
        start("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=10m");
        Thread other = new Thread(() -> {
            try {
                drop("legacy.Dao");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        other.join();
        collectGarbage();
        assertFalse(borrow("legacy.Other").isReused());
        assertEquals(1, pool.statistics().reclaimed.sum());
    }

    @Test
    void heldOrReturnedConnections_areLeftAlone() throws Exception {
        start("pool.max-size=2");
        Object held = new Object();
        BorrowRecord record = borrow("legacy.Dao");
        leaks.watch(held, record);
        BorrowRecord returned = borrow("legacy.Dao");
        leaks.watch(new Object(), returned);
        assertTrue(returned.tryClose());
        collectGarbage();
        leaks.reclaim();
        assertTrue(pool.giveBack(returned, null));
        assertEquals(0, pool.statistics().reclaimed.sum());
        assertTrue(record.isOpen(), held.toString());
    }

    @Test
    void eachPlace_isToldOnceWithItsStack() throws Exception {
        start("leak-stack=always");
        drop("legacy.Dao");
        drop("legacy.Dao");
        drop("legacy.Other");
        reclaim(3);
        String text = logged();
        assertEquals(2, text.split("dropped without close\\(\\)", -1).length - 1, text);
        assertTrue(text.contains("[pool me@here:5432/db] reclaimed"), text);
        assertTrue(text.contains("legacy.Dao") && text.contains("legacy.Other"), text);
    }

    @Test
    void sampling_keepsTheStackOfAPlaceThatDidItBefore() throws Exception {
        start("leak-stack=sampled,pool.max-size=5");
        drop("legacy.Sampled");
        reclaim(1);
        drop("legacy.Sampled");
        reclaim(2);
        assertEquals(2, logged().split("legacy.Sampled", -1).length - 1, logged());
        drop("legacy.Sampled");
        reclaim(3);
        assertEquals(2, logged().split("legacy.Sampled", -1).length - 1, logged());
    }
}
