package io.poolshim.redirect;

import io.poolshim.config.ConfigException;
import io.poolshim.config.Resources;
import io.poolshim.jdbc.JdbcUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which callers of DriverManager are pools themselves. A direct caller is settled once per class; the stack is walked
 * only if the immediate caller merely opens connections for others.
 */
final class Callers {
    private static final String LIST = "callers.txt";

    private enum Kind {
        POOL,
        FACTORY,
        APPLICATION
    }

    private final List<Pattern> pools;
    private final List<Pattern> factories;
    private final ClassValue<Kind> kinds = new ClassValue<Kind>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return kind(type);
        }
    };

    /** The list that comes with the agent, and the user's globs. */
    Callers(List<String> more) {
        List<String> poolGlobs = new ArrayList<>(more);
        List<String> factoryGlobs = new ArrayList<>();
        for (String line : readList()) {
            if (line.startsWith("pool ")) {
                poolGlobs.add(line.substring("pool ".length()).trim());
            } else if (line.startsWith("factory ")) {
                factoryGlobs.add(line.substring("factory ".length()).trim());
            }
        }
        pools = JdbcUrl.globs(poolGlobs);
        factories = JdbcUrl.globs(factoryGlobs);
    }

    private static List<String> readList() {
        try {
            return Resources.lines(Callers.class, LIST);
        } catch (IOException e) {
            throw new ConfigException("the list of known pools is missing from the agent's jar: " + LIST);
        }
    }

    boolean isPool(@Nullable Class<?> caller) {
        if (caller == null) {
            return false;
        }
        switch (kinds.get(caller)) {
            case POOL:
                return true;
            case FACTORY:
                return CallerStack.anyMatch(type -> kinds.get(type) == Kind.POOL);
            default:
                return false;
        }
    }

    /** Whether it takes more than its class to tell for whom it opens connections. */
    boolean opensForOthers(@Nullable Class<?> caller) {
        return kinds.get(caller) != Kind.APPLICATION;
    }

    /** Whether a class is on the list by its own name, as far as that tells. */
    boolean isListed(String className) {
        return JdbcUrl.matchesAny(pools, className) || JdbcUrl.matchesAny(factories, className);
    }

    private Kind kind(Class<?> type) {
        Set<String> names = new LinkedHashSet<>();
        addNames(type, names);
        return matches(pools, names) ? Kind.POOL : matches(factories, names) ? Kind.FACTORY : Kind.APPLICATION;
    }

    /** The names of a class and of all that it extends and implements. */
    private static void addNames(Class<?> type, Set<String> names) {
        if (type != null && names.add(type.getName())) {
            addNames(type.getSuperclass(), names);
            for (Class<?> implemented : type.getInterfaces()) {
                addNames(implemented, names);
            }
        }
    }

    private static boolean matches(List<Pattern> patterns, Set<String> names) {
        for (String name : names) {
            if (JdbcUrl.matchesAny(patterns, name)) {
                return true;
            }
        }
        return false;
    }
}
