package io.poolshim.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that only a section of settings for some pools has, {@code poolshim.pool.NAME.…}. */
public final class PoolRows {
    public static final Setting<@Nullable String> URL = Setting.text(
            "pool.NAME.url",
            "a URL glob, in which * stands for any characters and ? for one",
            "The pools that this section is for: those whose JDBC URL it matches, parameters included. If several match, the one with the most"
                    + " characters other than * and ? wins, then one that names the user.");
    public static final Setting<@Nullable String> USER = Setting.text(
            "pool.NAME.user", "a user's name", "Narrows the section down to the pools of this user of the database.");
    public static final Setting<@Nullable String> WARM_URL = Setting.text(
            "pool.NAME.warm-url",
            "a JDBC URL",
            "A pool that is filled up to its min-idle in the background from the application's first call of"
                    + " DriverManager.getConnection on, whatever that asks for and without delaying it: the pool of those"
                    + " who ask for exactly this URL with warm-user and warm-password and no other property that the"
                    + " driver knows, and with the same driver as that first call would get. If the login fails, that"
                    + " is said once, and the pool fills up when a borrower has opened a connection.");
    public static final Setting<@Nullable String> WARM_USER =
            Setting.text("pool.NAME.warm-user", "a user's name", "The user of warm-url.");
    public static final Setting<@Nullable String> WARM_PASSWORD = Setting.text(
            "pool.NAME.warm-password",
            "a password",
            "The password of warm-user; not as an agent argument if it has a comma.");

    /** In the order of the documentation. */
    public static final List<Setting<?>> ALL =
            Collections.unmodifiableList(Arrays.<Setting<?>>asList(URL, USER, WARM_URL, WARM_USER, WARM_PASSWORD));

    private PoolRows() {}
}
