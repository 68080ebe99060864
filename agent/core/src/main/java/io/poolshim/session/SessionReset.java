package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;

/** Decides on return whether a session can be handed on, and makes it as it was when new. */
public interface SessionReset {
    /**
     * Resets a session that nobody uses any more.
     *
     * @param use what its borrower did to it
     * @return false if the connection is to be closed instead
     */
    boolean reset(PhysicalConnection physical, SessionUse use);

    /** As the settings say. */
    static SessionReset of(Config config) {
        boolean always = config.is(Settings.SESSION_RESET, "always");
        int rollback = config.is(Settings.SABOTAGE, "no-rollback") ? 0 : Restore.ROLLBACK;
        boolean discard = !config.is(Settings.SABOTAGE, "no-reset") && !config.is(Settings.SESSION_RESET, "never");
        int restored = rollback + (discard ? Restore.DISCARD : 0);
        return (physical, use) -> {
            switch (use) {
                case NONE:
                    return !always || physical.restore(restored);
                case PRIVATE:
                    return physical.restore(restored);
                case SHARED:
                    return physical.restore(restored + Restore.AT_ONCE);
                default:
                    return !discard && physical.restore(restored + Restore.AT_ONCE);
            }
        };
    }
}
