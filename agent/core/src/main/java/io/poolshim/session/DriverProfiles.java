package io.poolshim.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The drivers of which shells are made. */
public final class DriverProfiles {
    private final ShellProfile[] known;

    public DriverProfiles(List<ShellProfile> known) {
        this.known = known.toArray(new ShellProfile[0]);
    }

    /** The one whose URLs begin like this one; null if there is none. */
    public @Nullable ShellProfile ofUrl(String url) {
        for (ShellProfile profile : known) {
            if (url.startsWith(profile.urlPrefix())) {
                return profile;
            }
        }
        return null;
    }

    /** The one with this driver class; null if there is none. */
    public @Nullable ShellProfile ofDriver(String driverClass) {
        for (ShellProfile profile : known) {
            if (driverClass.equals(profile.driverClass())) {
                return profile;
            }
        }
        return null;
    }
}
