package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;

/** Decides on return whether a session can be handed on, and makes it as it was when new. */
public interface SessionReset {
    /**
     * Resets a session that nobody uses any more.
     *
     * @param opaque whether the borrower did something that no reset restores
     * @return false if the connection is to be closed instead
     */
    boolean reset(PhysicalConnection physical, boolean opaque);

    /** {@code DISCARD ALL} on each return. */
    static SessionReset discardAll(Config config) {
        boolean rollback = !config.is(Settings.SABOTAGE, "no-rollback");
        boolean discard = !config.is(Settings.SABOTAGE, "no-reset");
        return (physical, opaque) -> (!opaque || !discard) && physical.restore(rollback, discard);
    }
}
