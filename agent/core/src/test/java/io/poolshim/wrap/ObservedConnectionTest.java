package io.poolshim.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import io.poolshim.observe.PoolUse;
import io.poolshim.observe.SiteUse;
import io.poolshim.pool.PoolMode;
import io.poolshim.sql.Habit;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events that a shell tells while its connection is only observed. */
@SuppressWarnings("ReturnValueIgnored")
class ObservedConnectionTest {
    private final FakeDriver driver = new FakeDriver();

    @BeforeEach
    void observe() {
        driver.pool.mode(PoolMode.OBSERVE);
    }

    @AfterEach
    void end() {
        driver.end();
    }

    private Object tell(String event, Object argument) {
        return driver.agent.apply(event, argument);
    }

    private PoolUse use() {
        return driver.uses.of(driver.pool);
    }

    private SiteUse site() {
        return use().sites().get(0);
    }

    @Test
    void each_isOpenedAndReallyClosedWithoutReset() throws SQLException {
        for (int i = 1; i <= 3; i++) {
            driver.borrow();
            tell("query", "SELECT 1");
            assertEquals("socket-" + i, tell("close", null));
        }
        assertEquals(Arrays.asList("close socket-1", "close socket-2", "close socket-3"), driver.calls);
        assertEquals(3, use().loans());
        assertEquals(3, site().clean.sum());
    }

    /** Though the pool has one place only, and is asked for none. */
    @Test
    void many_overlapWithoutWaiting() throws SQLException {
        driver.borrow();
        driver.borrow();
        driver.borrow();
        assertEquals(3, use().held());
        assertEquals(2, site().nested.sum());
        assertEquals(0, driver.pool.statistics().used());
        assertEquals(2, use().found().greatest());
    }

    @Test
    void habits_areCountedOncePerConnection() throws SQLException {
        driver.borrow();
        tell("query", "SET lock_timeout = 1");
        tell("query", "SET lock_timeout = 2");
        tell("batch", new Object[] {"LISTEN news", 2});
        tell("told", "getNotifications");
        driver.inTransaction = true;
        tell("close", null);
        assertEquals(Collections.singletonMap("getNotifications", 1L), site().apis());
        assertEquals(2, site().habits().size());
        assertEquals(1, site().habits().get(Habit.SETTING));
        assertEquals(1, site().habits().get(Habit.LISTEN));
        assertEquals(1, site().open.sum());
        assertEquals(0, site().clean.sum());
        assertEquals(0, site().spoiled.sum());
    }

    @Test
    void taint_spoilsTheSession() throws SQLException {
        driver.borrow();
        tell("taint", "addDataType");
        tell("close-touched", null);
        assertEquals(1, site().spoiled.sum());
    }

    @Test
    void statement_isTimedAlthoughNobodyElseListens() throws SQLException {
        driver.borrow();
        Object running = tell("query", "SELECT 1");
        assertNull(driver.agent.apply(running, null));
        assertEquals(1, site().statements.sum());
    }

    @Test
    void refusedLogin_isThrownAndCountedAndHoldsNothing() {
        driver.refusal = new DriverFailure(new SQLException("too many", "53300"));
        assertThrows(DriverFailure.class, driver::borrow);
        assertEquals(1, use().full.sum());
        assertEquals(0, use().held());
        assertEquals(0, use().loans());
    }

    @Test
    void ofWhatCannotBeLookedAt_theApplicationSeesNothing() throws SQLException {
        long swallowed = Log.swallowedCount();
        driver.borrow();
        tell("told", null);
        assertEquals("socket-1", tell("close", null));
        assertEquals(0, use().held());
        assertEquals(swallowed + 1, Log.swallowedCount());
    }

    @Test
    void turnedOff_thePoolServesAgain() throws SQLException {
        driver.borrow();
        driver.pool.mode(PoolMode.POOL);
        tell("close", null);
        driver.borrow();
        assertNull(tell("close", null), "the driver's connection lives on");
        driver.borrow();
        assertEquals(2, driver.opened);
    }
}
