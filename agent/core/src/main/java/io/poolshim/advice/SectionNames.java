package io.poolshim.advice;

import io.poolshim.config.Config;
import io.poolshim.config.PoolSection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for new sections of the settings: the database's, with the user and the server before it if it is not the only one. */
final class SectionNames {
    private static final int LONGEST_PART = 18;

    private final Set<String> taken = new HashSet<>();

    SectionNames(Config config) {
        for (PoolSection section : config.sections()) {
            taken.add(section.name());
        }
    }

    /** A name that is permitted and that nobody else has. */
    String next(PoolFacts facts) {
        int slash = facts.target.lastIndexOf('/');
        String database = part(facts.target.substring(slash + 1));
        String user = part(facts.user);
        String server = slash < 0 ? "" : part(facts.target.substring(0, slash).split("[:,]", 2)[0]);
        String[] wanted = {database, joined(database, user), joined(server, joined(database, user))};
        for (String name : wanted) {
            if (take(name)) {
                return name;
            }
        }
        String base = joined("pool", wanted[2]);
        int number = 1;
        while (!take(base + "-" + number)) {
            number++;
        }
        return base + "-" + number;
    }

    private boolean take(String name) {
        return PoolSection.canBeCalled(name) && taken.add(name);
    }

    private static String part(String text) {
        String permitted = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = permitted.substring(0, Math.min(permitted.length(), LONGEST_PART));
        return cut.replaceAll("^-|-$", "");
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + "-" + other;
    }
}
