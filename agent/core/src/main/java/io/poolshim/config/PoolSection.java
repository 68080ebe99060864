package io.poolshim.config;

import io.poolshim.jdbc.JdbcUrl;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of those pools whose URL matches a glob, and whose user is the one named if one is. */
public final class PoolSection {
    static final Comparator<PoolSection> MOST_SPECIFIC_FIRST = Comparator.<PoolSection>comparingInt(s -> -s.literals)
            .thenComparing(s -> s.user == null)
            .thenComparing(PoolSection::name);

    private final String name;
    private final List<Pattern> url;
    private final int literals;
    private final @Nullable String user;
    private final Config config;

    PoolSection(String name, String glob, @Nullable String user, Config config) {
        this.name = name;
        this.url = JdbcUrl.globs(Collections.singletonList(glob));
        this.literals = glob.replaceAll("[*?]", "").length();
        this.user = user;
        this.config = config;
    }

    /** Whether a section can have this name. */
    public static boolean canBeCalled(String name) {
        return PoolNames.section("pool." + name + ".url") != null && !PoolNames.isReserved(name);
    }

    /** NAME in {@code poolshim.pool.NAME.url}. */
    public String name() {
        return name;
    }

    /** The settings that hold for its pools, those included that hold for all. */
    public Config config() {
        return config;
    }

    boolean matches(String jdbcUrl, @Nullable String ofUser) {
        return (user == null || user.equals(ofUser)) && JdbcUrl.matchesAny(url, jdbcUrl);
    }
}
