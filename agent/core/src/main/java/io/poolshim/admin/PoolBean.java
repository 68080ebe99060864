package io.poolshim.admin;

import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolMode;
import io.poolshim.pool.WaitHistogram;
import io.poolshim.registry.PoolRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Asks for the pools of its name each time: an MBean that kept one would keep its driver, and that its application. */
final class PoolBean implements PoolMXBean {
    private final String name;
    private final PoolRegistry registry;
    private final Control control;

    PoolBean(String name, PoolRegistry registry, Control control) {
        this.name = name;
        this.registry = registry;
        this.control = control;
    }

    private List<ConnectionPool> pools() {
        List<ConnectionPool> own = new ArrayList<>();
        for (ConnectionPool pool : registry.current()) {
            if (pool.name().equals(name)) {
                own.add(pool);
            }
        }
        return own;
    }

    private long sum(ToLongFunction<ConnectionPool> value) {
        return pools().stream().mapToLong(value).sum();
    }

    private int number(ToLongFunction<ConnectionPool> value) {
        return (int) Math.min(sum(value), Integer.MAX_VALUE);
    }

    private double longest(ToDoubleFunction<WaitHistogram> value) {
        return pools().stream()
                .mapToDouble(pool -> value.applyAsDouble(pool.statistics().waits()))
                .max()
                .orElse(0);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getMode() {
        List<ConnectionPool> pools = pools();
        return (pools.isEmpty() ? PoolMode.OFF : pools.get(0).mode()).text();
    }

    @Override
    public boolean isSuspended() {
        return pools().stream().anyMatch(ConnectionPool::isSuspended);
    }

    @Override
    public int getMaxSize() {
        return number(ConnectionPool::maxSize);
    }

    @Override
    public int getOverflow() {
        return number(ConnectionPool::overflow);
    }

    @Override
    public int getUsed() {
        return number(ConnectionPool::used);
    }

    @Override
    public int getIdle() {
        return number(ConnectionPool::idle);
    }

    @Override
    public int getPending() {
        return number(ConnectionPool::pending);
    }

    @Override
    public int getOpen() {
        return number(pool -> pool.statistics().open());
    }

    @Override
    public int getPeak() {
        return number(pool -> pool.statistics().peak());
    }

    @Override
    public long getBorrows() {
        return sum(pool -> pool.statistics().borrows());
    }

    @Override
    public long getReused() {
        return sum(pool -> pool.statistics().reused());
    }

    @Override
    public long getOpened() {
        return sum(pool -> pool.statistics().opened.sum());
    }

    @Override
    public long getOverflowed() {
        return sum(pool -> pool.statistics().overflow.sum());
    }

    @Override
    public long getOwn() {
        return sum(pool -> pool.statistics().own.sum());
    }

    @Override
    public long getEvicted() {
        return sum(pool -> pool.statistics().evicted.sum());
    }

    @Override
    public long getTimedOut() {
        return sum(pool -> pool.statistics().timedOut.sum());
    }

    @Override
    public long getLongHeld() {
        return sum(pool -> pool.statistics().longHeld.sum());
    }

    @Override
    public long getReclaimed() {
        return sum(pool -> pool.statistics().reclaimed.sum());
    }

    @Override
    public long getResetsDone() {
        return sum(pool -> pool.statistics().reset.sum());
    }

    @Override
    public long getResetsSkipped() {
        return sum(pool -> pool.statistics().notReset.sum());
    }

    @Override
    public long getResetsEvicted() {
        return sum(pool -> pool.statistics().unfit.sum());
    }

    @Override
    public long getSavedMillis() {
        return sum(pool -> pool.statistics().savedNanos()) / 1_000_000;
    }

    @Override
    public double getWaitMicrosP50() {
        return longest(waits -> waits.percentile(0.5));
    }

    @Override
    public double getWaitMicrosP99() {
        return longest(waits -> waits.percentile(0.99));
    }

    @Override
    public double getWaitMicrosMax() {
        return longest(WaitHistogram::max);
    }

    @Override
    public void suspend() {
        control.suspend(name);
    }

    @Override
    public void resume() {
        control.resume(name);
    }

    @Override
    public void evict() {
        control.evict(name);
    }

    @Override
    public void resize(int maxSize) {
        control.resize(name, maxSize);
    }

    @Override
    public void changeMode(String mode) {
        control.mode(name, mode);
    }
}
