package io.poolshim.sql;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What names in a database hide: which functions of the application's own leave nothing in a session that {@code DISCARD
 * ALL} does not undo, and which tables and views lead to functions that may. Names are tokens, see {@link
 * SqlTokens#token}; one name for all that have it, in whatever schema.
 */
final class Catalogue {
    private static final int HIDDEN = SqlVerdict.OPAQUE | SqlVerdict.TEMPORARY | SqlVerdict.LOOKS_FOR_TEMPORARY;
    private static final int MOST_PROOFS = 1000;
    private final Map<String, KnownFunction> functions;
    private final Map<String, Integer> behind;
    private final int everywhere;
    private final Map<Set<String>, String> proofs = new ConcurrentHashMap<>();

    /**
     * All of them; flags are those of {@link SqlVerdict}.
     *
     * @param functions by their names
     * @param behind what tables and views lead to, of those that lead to anything that matters
     * @param everywhere what operators and types lead to
     */
    Catalogue(Map<String, KnownFunction> functions, Map<String, Integer> behind, int everywhere) {
        this.functions = functions;
        this.behind = behind;
        this.everywhere = everywhere;
    }

    /** Whether there is a function of that name that PostgreSQL does not bring itself. */
    boolean hasFunction(String name) {
        return functions.containsKey(name);
    }

    /** What functions of that name do, and whatever they call. */
    int flagsOfCall(String name) {
        KnownFunction function = functions.get(name);
        return function == null ? SqlVerdict.OPAQUE : function.flags();
    }

    /** What a text may do if this word is in it, which may be the name of a table. */
    int flagsOfWord(String word) {
        Integer flags = behind.get(word);
        return flags == null ? everywhere : everywhere | flags;
    }

    /** Whether nothing is known to be harmless. */
    boolean isOpaqueEverywhere() {
        return (everywhere & SqlVerdict.OPAQUE) != 0;
    }

    /** Whether texts that were looked at by the other one, or by none, would be found the same by this one. */
    boolean saysTheSame(Catalogue other) {
        return everywhere == other.everywhere
                && behind.equals(other.behind)
                && versions(functions.values()).equals(versions(other.functions.values()));
    }

    /** Whether it finds nothing in a text but calls of functions that were not known without it. */
    boolean hidesNothing() {
        return (everywhere & HIDDEN) == 0
                && behind.values().stream().allMatch(flags -> (flags & HIDDEN) == 0)
                && functions.keySet().stream().noneMatch(SqlWords.HARMLESS::contains);
    }

    /** A statement that fails if one of these functions, or of those they call, is not the same any more. */
    String proof(Set<String> called) {
        if (proofs.size() >= MOST_PROOFS) {
            proofs.clear();
        }
        return proofs.computeIfAbsent(called, this::newProof);
    }

    private String newProof(Set<String> called) {
        Map<String, KnownFunction> all = new HashMap<>();
        for (String name : called) {
            addWithCalled(name, all);
        }
        Set<String> names = new TreeSet<>();
        all.values().forEach(function -> names.addAll(function.serverNames()));
        return "SELECT 1 / (CASE WHEN (SELECT pg_catalog.string_agg(p.oid::text || '.' || p.xmin::text, ',' ORDER BY p.oid)"
                + " FROM pg_catalog.pg_proc p WHERE p.oid >= 16384 AND p.proname IN ("
                + names.stream()
                        .map(name -> "'" + name.replace("'", "''") + "'")
                        .collect(Collectors.joining(","))
                + ")) = '" + versions(all.values()) + "' THEN 1 ELSE 0 END)";
    }

    private void addWithCalled(String name, Map<String, KnownFunction> all) {
        KnownFunction function = functions.get(name);
        if (function != null && all.put(name, function) == null) {
            function.called().forEach(called -> addWithCalled(called, all));
        }
    }

    /** In the order of their numbers. */
    private static String versions(Collection<KnownFunction> functions) {
        return functions.stream()
                .flatMap(function -> function.versions().stream())
                .sorted(Comparator.comparingLong(version -> Long.parseLong(version.substring(0, version.indexOf('.')))))
                .collect(Collectors.joining(","));
    }
}
