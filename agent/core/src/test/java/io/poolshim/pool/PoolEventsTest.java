package io.poolshim.pool;

import static io.poolshim.pool.PoolFixture.physical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener hears besides borrows and returns. */
class PoolEventsTest {
    private final List<String> events = new ArrayList<>();
    private final PoolListener listener = new PoolListener() {
        @Override
        public void timedOut(BorrowRecord record, long startNanos) {
            events.add(
                    "timed out at " + record.pool().name() + (System.nanoTime() - startNanos > 0 ? "" : " too early"));
        }

        @Override
        public void reclaimed(BorrowRecord record) {
            events.add("reclaimed from " + record.place());
        }

        @Override
        public void evicted(ConnectionPool pool, Eviction why) {
            events.add(why.reason());
        }

        @Override
        public void returned(BorrowRecord record, boolean evicted) {
            events.add(evicted ? "closed" : "kept");
        }
    };
    private PoolFixture fixture = start("");

    private PoolFixture start(String settings) {
        return new PoolFixture("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=50ms" + settings, listener);
    }

    private void restart(String settings) {
        fixture.close();
        fixture = start(settings);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void timedOut_isTheCallerWhoGetsAConnectionOfItsOwn() throws Exception {
        fixture.borrow();
        Thread other = new Thread(() -> {
            try {
                fixture.borrow();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        other.join();
        assertEquals(Collections.singletonList("timed out at me@here:5432/db"), events);
        assertEquals(1, fixture.pool.statistics().timedOut.sum());
    }

    @Test
    void timedOut_isTheCallerWhoGetsAnException() throws SQLException {
        restart(",pool.limit=hard");
        fixture.borrow();
        assertThrows(SQLTransientConnectionException.class, fixture::borrow);
        assertEquals(Collections.singletonList("timed out at me@here:5432/db"), events);
    }

    @Test
    void reclaimed_comesBeforeItsReturn() throws SQLException {
        BorrowRecord record = fixture.borrow();
        assertTrue(record.tryClose());
        fixture.pool.reclaim(record);
        assertEquals(Arrays.asList("reclaimed from legacy.Dao", "dropped", "closed"), events);
        assertEquals(1, fixture.pool.statistics().reclaimed.sum());
    }

    @Test
    void evicted_saysWhyAConnectionDidNotStayAtItsReturn() throws SQLException {
        fixture.giveBack(fixture.borrow(), false);
        BorrowRecord record = fixture.borrow();
        fixture.pool.stock.renew();
        fixture.giveBack(record);
        restart(",pool.max-uses=1");
        fixture.giveBack(fixture.borrow());
        restart(",pool.keep-from=2");
        fixture.giveBack(fixture.borrow());
        assertEquals(
                Arrays.asList("session", "closed", "outdated", "closed", "uses", "closed", "not-kept", "closed"),
                events);
    }

    @Test
    void evicted_saysWhyAnIdleConnectionWent() throws SQLException {
        BorrowRecord record = fixture.borrow();
        fixture.giveBack(record);
        physical(record).dead = true;
        fixture.giveBack(fixture.borrow());
        fixture.pool.stock.logInAfresh();
        fixture.giveBack(fixture.borrow());
        fixture.pool.stock.closeOneIdle(Eviction.ROOM);
        fixture.giveBack(fixture.borrow());
        fixture.pool.stock.renew();
        assertEquals(Arrays.asList("kept", "dead", "kept", "login", "kept", "room", "kept", "outdated"), events);
    }

    @Test
    void evictions_areThoseCounted() throws SQLException {
        fixture.giveBack(fixture.borrow(), false);
        fixture.pool.replace(fixture.borrow());
        assertEquals(Arrays.asList("session", "closed", "dead"), events);
        assertEquals(2, fixture.pool.statistics().evicted.sum());
    }
}
