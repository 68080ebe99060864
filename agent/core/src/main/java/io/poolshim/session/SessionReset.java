package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import org.jspecify.annotations.Nullable;

/** Decides on return whether a session can be handed on, and makes it as it was when new. */
public interface SessionReset {
    /**
     * Resets a session that nobody uses any more.
     *
     * @param use what its borrower did to it
     * @param proof a statement that is to succeed after that, or the next borrower gets another connection; or null
     * @return false if the connection is to be closed instead
     */
    boolean reset(PhysicalConnection physical, SessionUse use, @Nullable String proof);

    /** As the settings say. */
    static SessionReset of(Config config) {
        boolean always = config.is(Settings.SESSION_RESET, "always");
        int rollback = config.is(Settings.SABOTAGE, "no-rollback") ? 0 : Restore.ROLLBACK;
        boolean never = config.is(Settings.SESSION_RESET, "never");
        boolean discard = !config.is(Settings.SABOTAGE, "no-reset") && !never;
        int restored = rollback + (discard ? Restore.DISCARD : 0) + (never ? Restore.KEEP_STATEMENTS : 0);
        return (physical, use, proof) -> {
            switch (use) {
                case NONE:
                    return !always || physical.restore(restored, null);
                case CLEAN_BUT_SEQUENCES:
                    return physical.restore(rollback + Restore.KEEP_UNSEEN + Restore.DISCARD_SEQUENCES, null);
                case CLEAN:
                    return physical.restore(rollback + Restore.KEEP_UNSEEN, null);
                case PRIVATE:
                    return physical.restore(restored, null);
                case SHARED:
                    return physical.restore(restored + Restore.AT_ONCE, discard ? proof : null);
                default:
                    return !discard && physical.restore(restored + Restore.AT_ONCE, null);
            }
        };
    }
}
