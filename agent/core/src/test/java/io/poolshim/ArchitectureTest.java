package io.poolshim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The floors of docs/architecture.md: imports point down only, and each library has one room. */
public class ArchitectureTest {
    private static final String ROOT = "io.poolshim.";
    private static final Map<String, Integer> FLOORS = new HashMap<>();

    static {
        floor(0, "config", "jdbc", "log");
        floor(1, "pool", "sql");
        floor(2, "observe", "http", "session", "reclaim");
        floor(3, "proxy", "registry", "wrap");
        floor(4, "redirect");
        floor(5, "instrument", "telemetry", "admin", "advice", "journal");
        floor(6, "start");
        floor(7, "command");
    }

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.poolshim", "org.postgresql.jdbc");

    private static void floor(int number, String... rooms) {
        for (String room : rooms) {
            FLOORS.put(room, number);
        }
    }

    /** The packages of the agent. */
    public static Set<String> rooms() {
        return FLOORS.keySet();
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(ROOT) ? name.substring(ROOT.length(), name.indexOf('.', ROOT.length())) : null;
    }

    @Test
    void rooms_areTheOnesOfThePlan() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (room(type) != null) {
                found.add(room(type));
            }
        }
        assertEquals(new TreeSet<>(FLOORS.keySet()), found);
    }

    @Test
    void imports_neverPointUp() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = room(type);
                String to = room(dependency.getTargetClass());
                if (from != null && to != null && FLOORS.get(from) < FLOORS.get(to)) {
                    violations.add(type.getName() + " -> "
                            + dependency.getTargetClass().getName());
                }
            }
        }
        assertEquals(Collections.emptySet(), violations);
    }

    @Test
    void rooms_haveNoCycle() {
        Map<String, Set<String>> edges = new HashMap<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = room(type);
                String to = room(dependency.getTargetClass());
                if (from != null && to != null && !from.equals(to)) {
                    edges.computeIfAbsent(from, r -> new TreeSet<>()).add(to);
                }
            }
        }
        for (String start : FLOORS.keySet()) {
            assertEquals(false, reaches(edges, start), start + " is on a cycle of " + edges);
        }
    }

    private static boolean reaches(Map<String, Set<String>> edges, String start) {
        Deque<String> next = new ArrayDeque<>(edges.getOrDefault(start, Collections.emptySet()));
        Set<String> seen = new TreeSet<>();
        while (!next.isEmpty()) {
            String at = next.pop();
            if (at.equals(start)) {
                return true;
            }
            if (seen.add(at)) {
                next.addAll(edges.getOrDefault(at, Collections.emptySet()));
            }
        }
        return false;
    }

    @Test
    void libraries_areNamedInTheirRoomsOnly() {
        assertEquals(Collections.emptySet(), outside("com.zaxxer.", "pool"));
        assertEquals(Collections.emptySet(), outside("dev.failsafe.", "pool"));
        assertEquals(Collections.emptySet(), outside("io.opentelemetry.", "telemetry"));
        assertEquals(Collections.emptySet(), outside("net.bytebuddy.", "instrument"));
        assertEquals(Collections.emptySet(), outside("java.sql.DriverManager", "jdbc", "start"));
        assertEquals(Collections.emptySet(), outside("java.lang.instrument.", "instrument", "start"));
        assertEquals(Collections.emptySet(), outside("org.postgresql."));
    }

    private Set<String> outside(String library, String... rooms) {
        List<String> allowed = Arrays.asList(rooms);
        Set<String> violations = new TreeSet<>();
        for (JavaClass type : classes) {
            String from = room(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                boolean named = dependency.getTargetClass().getName().startsWith(library);
                if (named && from != null && !allowed.contains(from)) {
                    violations.add(type.getName() + " names "
                            + dependency.getTargetClass().getName());
                }
            }
        }
        return violations;
    }

    /** They are defined in the driver's loader, which is sure to see nothing else. */
    @Test
    void classesForTheDriversPackage_nameOnlyJavaAndTheDriver() {
        Set<String> violations = new TreeSet<>();
        int seen = 0;
        for (JavaClass type : classes) {
            if (type.getName().startsWith("org.postgresql.jdbc.Poolshim")) {
                seen++;
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String name =
                            dependency.getTargetClass().getBaseComponentType().getName();
                    boolean allowed = name.startsWith("java.") || name.startsWith("org.postgresql.");
                    if (!allowed && name.contains(".")) {
                        violations.add(type.getName() + " names " + name);
                    }
                }
            }
        }
        assertEquals(13, seen);
        assertEquals(Collections.emptySet(), violations);
    }
}
