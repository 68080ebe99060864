package io.poolshim.pool;

import io.poolshim.config.Config;
import java.util.function.UnaryOperator;

/** What an operator has said of a pool: its settings, its mode, whether it is suspended; all of it holds at once. */
final class PoolControl {
    private final UnaryOperator<Config> own;
    private final Permits permits;
    private final Stock stock;
    private final Admission admission;
    private final PoolEvents events;
    private volatile PoolSettings settings;
    private volatile PoolMode mode = PoolMode.POOL;

    /** {@code own}: which of all settings are those of the pool; {@code settings}: what it begins with. */
    PoolControl(
            UnaryOperator<Config> own,
            PoolSettings settings,
            Permits permits,
            Stock stock,
            Admission admission,
            PoolEvents events) {
        this.own = own;
        this.settings = settings;
        this.permits = permits;
        this.stock = stock;
        this.admission = admission;
        this.events = events;
    }

    PoolSettings settings() {
        return settings;
    }

    PoolMode mode() {
        return mode;
    }

    Config ownOf(Config all) {
        return own.apply(all);
    }

    synchronized void reconfigure(Config config, int maxSize) {
        PoolSettings before = settings;
        PoolSettings changed = new PoolSettings(ownOf(config), maxSize);
        settings = changed;
        stock.reconfigure(changed);
        admission.reconfigure(changed);
        if (changed.maxSize < before.maxSize) {
            stock.closeSurplus();
        }
        events.controlled("settings");
    }

    void suspend(boolean suspended) {
        permits.setSuspended(suspended);
        events.controlled(suspended ? "suspend" : "resume");
    }

    void evict() {
        stock.renew();
        events.controlled("evict");
    }

    void mode(PoolMode wanted) {
        mode = wanted;
        permits.setOff(wanted != PoolMode.POOL);
        if (wanted != PoolMode.POOL) {
            stock.stopFilling();
            stock.renew();
        }
        events.controlled("mode " + wanted.text());
    }
}
