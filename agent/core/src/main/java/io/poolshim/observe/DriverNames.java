package io.poolshim.observe;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The application's classes that name classes of a JDBC driver, as their class files tell: what they cast to, and which
 * methods of the driver's they call. Filled while classes are being loaded, so nothing here waits or calls others.
 */
public final class DriverNames {
    private static final int MOST_CLASSES = 500;

    private final ConcurrentHashMap<String, Map<String, Set<String>>> byClass = new ConcurrentHashMap<>();
    private final LongAdder more = new LongAdder();

    /** A class names these of the driver's classes, and calls these methods of each. */
    public void note(String className, Map<String, Set<String>> named) {
        if (byClass.size() < MOST_CLASSES) {
            byClass.putIfAbsent(className, named); // two loaders may have the same class
        } else if (!byClass.containsKey(className)) {
            more.increment();
        }
    }

    /** The driver's classes and their methods by the names of the application's classes, all in alphabetical order. */
    public Map<String, Map<String, Set<String>>> all() {
        return new TreeMap<>(byClass);
    }

    /** How many classes were too many to keep. */
    public long more() {
        return more.sum();
    }
}
