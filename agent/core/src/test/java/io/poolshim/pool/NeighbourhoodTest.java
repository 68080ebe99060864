package io.poolshim.pool;

import static io.poolshim.pool.PoolFixture.login;
import static io.poolshim.pool.PoolFixture.physical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {
    private final List<PoolFixture> fixtures = new ArrayList<>();
    private Neighbourhood neighbours = new Neighbourhood(100, () -> {});

    @AfterEach
    void end() {
        fixtures.forEach(PoolFixture::close);
    }

    private PoolFixture pool(Login login) {
        return pool("", login);
    }

    private PoolFixture pool(String settings, Login login) {
        PoolFixture fixture = new PoolFixture(settings, new PoolListener() {}, login, neighbours);
        fixtures.add(fixture);
        return fixture;
    }

    private static DriverFailure refusal(String sqlState) {
        return new DriverFailure(new SQLException("refused", sqlState));
    }

    @Test
    void idleConnections_ofTheLeastRecentlyUsedPoolMakeRoom() throws SQLException {
        neighbours = new Neighbourhood(2, () -> {});
        PoolFixture first = pool(login("a", "db", 0));
        PoolFixture second = pool(login("b", "db", 0));
        PoolFixture third = pool(login("c", "db", 0));
        first.giveBack(first.borrow());
        second.giveBack(second.borrow());
        first.giveBack(first.borrow()); // so the second is the least recently used one
        third.giveBack(third.borrow());
        assertEquals(1, first.server.open.get());
        assertEquals(0, second.server.open.get());
        assertEquals(1, third.server.open.get());
    }

    @Test
    void usedConnections_areNobodysBusinessUntilTheyAreReturned() throws SQLException {
        neighbours = new Neighbourhood(1, () -> {});
        PoolFixture first = pool(login("a", "db", 0));
        PoolFixture second = pool(login("b", "db", 0));
        BorrowRecord one = first.borrow();
        BorrowRecord two = second.borrow();
        first.giveBack(one);
        assertEquals(0, first.server.open.get());
        assertTrue(second.giveBack(two));
        assertEquals(1, second.server.open.get());
    }

    @Test
    void firstBorrow_needsNoPool() throws SQLException {
        PoolFixture fixture = pool("pool.keep-from=2", login("a", "db", 0));
        assertFalse(fixture.giveBack(fixture.borrow()), "a login that comes once");
        assertTrue(fixture.giveBack(fixture.borrow()));
        assertTrue(fixture.borrow().isReused());
        assertEquals(2, fixture.server.connections.size());
    }

    @Test
    void fullServer_getsIdleConnectionsBackAndIsTriedAgain() throws SQLException {
        PoolFixture idle = pool(login("a", "db", 0));
        idle.giveBack(idle.borrow());
        PoolFixture other = pool(login("b", "db", 0));
        other.server.refusal = refusal("53300");
        idle.server.onClose = () -> other.server.refusal = null;
        assertEquals(Grant.POOL, other.borrow().grant());
        assertEquals(0, idle.server.open.get());
    }

    @Test
    void fullServer_refusesAsBeforeIfNothingIsIdle() {
        PoolFixture fixture = pool(login("a", "db", 0));
        DriverFailure refusal = refusal("53300");
        fixture.server.refusal = refusal;
        assertSame(refusal, assertThrows(DriverFailure.class, fixture::borrow));
        assertEquals(1, fixture.server.attempts.get());
    }

    @Test
    void otherServers_keepTheirIdleConnections() throws SQLException {
        PoolFixture elsewhere = pool(new Login("a", java.util.Collections.singletonList("there:5432"), "db", 0));
        elsewhere.giveBack(elsewhere.borrow());
        PoolFixture full = pool(login("a", "db", 0));
        full.server.refusal = refusal("53300");
        assertThrows(DriverFailure.class, full::borrow);
        assertEquals(1, elsewhere.server.open.get());
    }

    @Test
    void newPassword_makesTheOldOneLogInAfreshOnce() throws SQLException {
        PoolFixture old = pool(login("me", "db", 1));
        old.giveBack(old.borrow());
        PoolFixture changed = pool(login("me", "db", 2));
        changed.giveBack(changed.borrow());
        changed.giveBack(changed.borrow());
        BorrowRecord fresh = old.borrow();
        assertFalse(fresh.isReused());
        assertEquals(1, old.server.open.get(), "the idle one gave up its place");
        old.giveBack(fresh);
        assertTrue(old.borrow().isReused(), "the old password is still good");
        assertTrue(changed.borrow().isReused());
    }

    @Test
    void samePasswordForAnotherDatabase_changesNothing() throws SQLException {
        PoolFixture one = pool(login("me", "db", 1));
        one.giveBack(one.borrow());
        PoolFixture other = pool(login("me", "db2", 1));
        other.giveBack(other.borrow());
        assertTrue(one.borrow().isReused());
    }

    @Test
    void refusedLogin_closesWhatIsIdle() throws SQLException {
        PoolFixture fixture = pool("reauthenticate-after=1s", login("me", "db", 1));
        fixture.giveBack(fixture.borrow());
        fixture.pool.stock.logInAfresh();
        fixture.server.refusal = refusal("28P01");
        assertThrows(DriverFailure.class, fixture::borrow);
        assertThrows(DriverFailure.class, fixture::borrow, "the next one, too");
        assertEquals(0, fixture.server.open.get());
    }

    @Test
    void login_isDueAgainAfterItsTime() throws SQLException {
        PoolFixture fixture = pool("reauthenticate-after=1s", login("me", "db", 1));
        BorrowRecord first = fixture.borrow();
        fixture.giveBack(first);
        assertTrue(fixture.giveBack(fixture.borrow()));
        Eventually.holds("a second has passed", () -> first.heldMillis() > 1100);
        BorrowRecord fresh = fixture.borrow();
        assertNotSame(first.physical(), fresh.physical());
        assertTrue(physical(first).closed);
    }

    @Test
    void renew_closesWhatIsIdleAndWhatIsReturnedLater() throws SQLException {
        PoolFixture fixture = pool(login("me", "db", 0));
        PoolFixture other = pool(login("me", "db2", 0));
        other.giveBack(other.borrow());
        BorrowRecord used = fixture.borrow();
        fixture.giveBack(fixture.borrow());
        other.pool.renew((here, login) -> login.isTo("db"));
        assertEquals(1, fixture.server.open.get());
        assertEquals(1, other.server.open.get());
        assertFalse(fixture.giveBack(used));
        assertTrue(fixture.giveBack(fixture.borrow()));
    }

    @Test
    void end_closesAndKeepsNothingAndRetiresAtOnce() throws SQLException {
        PoolFixture fixture = pool("pool.min-idle=1", login("me", "db", 0));
        BorrowRecord used = fixture.borrow();
        fixture.giveBack(fixture.borrow());
        fixture.pool.end();
        assertFalse(fixture.pool.retireIfUnused(60_000), "one is used");
        assertFalse(fixture.giveBack(used));
        assertEquals(0, fixture.server.open.get());
        assertTrue(fixture.pool.retireIfUnused(60_000));
    }
}
