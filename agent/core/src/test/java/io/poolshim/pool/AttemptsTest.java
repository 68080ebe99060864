package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins to a server that refuses them. */
class AttemptsTest {
    private static final String RETRIES = "pool.retry-delay=1ms,pool.retry-max-delay=2ms,pool.retries=";
    private static final String NO_SOON = "breaker.failures=2,breaker.delay=1h";

    private final List<Throwable> opened = new ArrayList<>();
    private final PoolListener listener = new PoolListener() {
        @Override
        public void breakerOpened(ConnectionPool pool, Throwable cause) {
            opened.add(cause);
        }
    };
    private PoolFixture fixture;

    private void start(String settings) {
        fixture = new PoolFixture(settings, listener);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    private SQLException refuse(String state) {
        SQLException refusal = new SQLException("no", state);
        fixture.server.refusal = new DriverFailure(refusal);
        return refusal;
    }

    private Throwable failure() {
        return assertThrows(DriverFailure.class, fixture::borrow).getCause();
    }

    private int attempts() {
        return fixture.server.attempts.getAndSet(0);
    }

    @Test
    void login_isTriedOnceUnlessTheSettingsSayMore() {
        start("pool.max-size=1");
        SQLException refusal = refuse("08001");
        assertSame(refusal, failure());
        assertEquals(1, attempts());
        assertEquals("off", fixture.pool.breaker());
    }

    @Test
    void login_isTriedAgainAndTheCallerGetsTheLastFailure() {
        start(RETRIES + "3");
        for (String state : new String[] {"08001", "57P03"}) {
            SQLException refusal = refuse(state);
            assertSame(refusal, failure(), state);
            assertEquals(4, attempts(), state);
        }
    }

    @Test
    void login_isTriedAgainUntilItSucceeds() throws SQLException {
        start(RETRIES + "1000");
        refuse("57P03");
        Thread server = new Thread(() -> {
            Eventually.holds("some attempts", () -> fixture.server.attempts.get() > 2);
            fixture.server.refusal = null;
        });
        server.start();
        fixture.giveBack(fixture.borrow());
        assertTrue(attempts() > 3);
    }

    @Test
    void refusedPassword_isNotTriedAgain() {
        start(RETRIES + "3");
        refuse("28P01");
        failure();
        assertEquals(1, attempts());
    }

    @Test
    void attempts_endBeforeTheBorrowTimeout() {
        start("pool.retries=1000,pool.retry-delay=1m,pool.retry-max-delay=1m,pool.borrow-timeout=50ms");
        refuse("08001");
        failure();
        assertEquals(1, attempts());
    }

    @Test
    void interruptedThread_triesOnceAndStaysInterrupted() {
        start(RETRIES + "3");
        SQLException refusal = refuse("08001");
        Thread.currentThread().interrupt();
        assertSame(refusal, failure());
        assertTrue(Thread.interrupted());
        assertEquals(1, attempts());
    }

    @Test
    void breaker_opensAfterFailuresInARowAndTellsTheLastCause() {
        start(NO_SOON);
        refuse("08001");
        failure();
        assertEquals("closed", fixture.pool.breaker());
        SQLException last = refuse("57P03");
        assertSame(last, failure());
        assertEquals("open", fixture.pool.breaker());
        attempts();
        SQLTransientConnectionException refusal = (SQLTransientConnectionException) failure();
        assertSame(last, refusal.getCause());
        assertEquals("57P03", refusal.getSQLState());
        assertTrue(refusal.getMessage().contains("here:5432"), refusal::getMessage);
        assertEquals(0, attempts());
        assertEquals(Collections.singletonList(last), opened);
    }

    @Test
    void breaker_isOpenForAllPoolsOfTheServer() {
        Neighbourhood neighbours = new Neighbourhood(100, () -> {});
        Login other = PoolFixture.login("another", "db", 0);
        try (PoolFixture neighbour = new PoolFixture(NO_SOON, listener, other, neighbours)) {
            fixture = new PoolFixture(NO_SOON, listener, PoolFixture.login("me", "db", 0), neighbours);
            refuse("08001");
            failure();
            failure();
            assertEquals("open", neighbour.pool.breaker());
        }
    }

    @Test
    void breaker_letsIdleConnectionsBeLent() throws SQLException {
        start(NO_SOON + ",pool.max-size=2");
        fixture.giveBack(fixture.borrow());
        BorrowRecord held = fixture.borrow();
        refuse("08001");
        failure();
        failure();
        fixture.giveBack(held);
        fixture.giveBack(fixture.borrow());
        assertEquals("open", fixture.pool.breaker());
    }

    @Test
    void breaker_countsOnlyFailuresInARowToReachTheServer() throws SQLException {
        start(NO_SOON + ",pool.keep-from=1000");
        for (int i = 0; i < 3; i++) {
            refuse("08001");
            failure();
            refuse("28P01");
            failure();
            refuse("3D000");
            failure();
        }
        refuse("08001");
        failure();
        fixture.server.refusal = null;
        fixture.giveBack(fixture.borrow());
        refuse("08001");
        failure();
        assertEquals("closed", fixture.pool.breaker());
    }

    @Test
    void breaker_letsOneThroughAfterItsDelayAndClosesIfThatSucceeds() throws SQLException {
        start("breaker.failures=1,breaker.delay=1ms");
        refuse("08001");
        failure();
        Eventually.holds("half-open, and open again", () -> {
            attempts();
            failure();
            return attempts() == 1;
        });
        fixture.server.refusal = null;
        Eventually.holds("closed", () -> {
            try {
                fixture.giveBack(fixture.borrow());
                return true;
            } catch (DriverFailure stillOpen) {
                return false;
            } catch (SQLException timeout) {
                throw new IllegalStateException(timeout);
            }
        });
        assertEquals("closed", fixture.pool.breaker());
    }

    @Test
    void retries_endWhenTheBreakerOpens() {
        start(RETRIES + "1000," + NO_SOON);
        SQLException last = refuse("53300");
        assertSame(last, failure());
        attempts();
        assertTrue(failure() instanceof SQLTransientConnectionException);
        assertEquals(0, attempts());
    }
}
