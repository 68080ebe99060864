package io.poolshim.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.HealthyPhysical;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.PooledDriver;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final PoolRegistry registry = new PoolRegistry(
            Config.read(new Properties(), Collections.emptyMap(), "pool.keep-from=1"),
            scheduler,
            new PoolListener() {},
            () -> {});
    private final PooledDriver driver = Drivers.knowing(String.class, "user", "password");
    private final CountDownLatch serverAnswers = new CountDownLatch(1);

    @AfterEach
    void end() {
        serverAnswers.countDown();
        scheduler.shutdownNow();
    }

    /** A connection that says when it was closed, which takes until then. */
    private static final class Session extends HealthyPhysical {
        final CountDownLatch closed = new CountDownLatch(1);
        private final CountDownLatch until;

        Session(CountDownLatch until) {
            this.until = until;
        }

        @Override
        public void close() {
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            closed.countDown();
        }

        boolean isClosed() throws InterruptedException {
            return closed.await(10, TimeUnit.SECONDS);
        }
    }

    private BorrowRecord borrow(String database, Session session) throws Exception {
        ConnectionPool pool =
                registry.pool(driver, new ConnectRequest("jdbc:postgresql://host/" + database, new Properties(), null));
        BorrowRecord record = new BorrowRecord(pool, () -> session, "test");
        assertTrue(pool.borrow(record, 0));
        return record;
    }

    private boolean giveBack(String database, BorrowRecord record) {
        assertTrue(record.tryClose());
        return registry.pool(driver, new ConnectRequest("jdbc:postgresql://host/" + database, new Properties(), null))
                .giveBack(record, null);
    }

    @Test
    void end_closesWhatIsIdleAndLeavesWhatIsBorrowed() throws Exception {
        CountDownLatch atOnce = new CountDownLatch(0);
        Session idle = new Session(atOnce);
        Session used = new Session(atOnce);
        BorrowRecord first = borrow("a", idle);
        BorrowRecord second = borrow("a", used);
        assertTrue(giveBack("a", first), "is kept as long as the JVM runs");
        registry.end(10_000);
        assertEquals(0, idle.closed.getCount(), "end() has waited for it");
        assertEquals(1, used.closed.getCount());
        assertFalse(giveBack("a", second));
        assertEquals(0, used.closed.getCount());
    }

    @Test
    void end_waitsForNoServerAndClosesWhatOthersHave() throws Exception {
        Session hanging = new Session(serverAnswers);
        Session other = new Session(new CountDownLatch(0));
        giveBack("a", borrow("a", hanging));
        giveBack("b", borrow("b", other));
        registry.end(1);
        assertTrue(other.isClosed());
        assertEquals(1, hanging.closed.getCount());
    }

    @Test
    void pool_madeAtTheEndKeepsNothing() throws Exception {
        registry.end(1);
        Session late = new Session(new CountDownLatch(0));
        assertFalse(giveBack("late", borrow("late", late)));
        assertTrue(late.isClosed());
    }
}
