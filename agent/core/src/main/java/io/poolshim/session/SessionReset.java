package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;

/** Decides on return whether a session can be handed on, and makes it as it was when new. */
public interface SessionReset {
    /**
     * Resets a session that nobody uses any more.
     *
     * @param used whether the borrower did anything with it
     * @param opaque whether the borrower did something that no reset restores
     * @return false if the connection is to be closed instead
     */
    boolean reset(PhysicalConnection physical, boolean used, boolean opaque);

    /** As the settings say. */
    static SessionReset of(Config config) {
        boolean always = config.is(Settings.SESSION_RESET, "always");
        boolean rollback = !config.is(Settings.SABOTAGE, "no-rollback");
        boolean discard = !config.is(Settings.SABOTAGE, "no-reset") && !config.is(Settings.SESSION_RESET, "never");
        return (physical, used, opaque) -> {
            if (opaque && discard) {
                return false;
            }
            boolean untouched = !used && !opaque && !always;
            return untouched || physical.restore(rollback, discard);
        };
    }
}
