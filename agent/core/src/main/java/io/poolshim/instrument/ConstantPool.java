package io.poolshim.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a class file names, read from its constant pool and nowhere else: classes by their {@code CONSTANT_Class} entries (a
 * cast, {@code instanceof}, a call, an array of it), not by descriptors of what is only passed on. Some microseconds.
 */
final class ConstantPool {
    private static final int COUNT = 8; // after magic, minor and major
    private static final int FIRST = COUNT + 2;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    private static final int MOST_CLASSES = 20;
    private static final int MOST_METHODS = 20;
    private static final int LONGEST_NAME = 200;

    private final byte[] file;
    private final int[] entries;

    /**
     * Reads where the entries are.
     *
     * @throws IndexOutOfBoundsException if this is no class file
     */
    ConstantPool(byte[] file) {
        this.file = file;
        this.entries = entries();
    }

    /** Empty if there is one of a newer Java among them: what comes after it cannot be found. */
    private int[] entries() {
        int[] found = new int[number(COUNT)];
        int at = FIRST;
        for (int entry = 1; entry < found.length; entry++) {
            int length = length(at);
            if (length == 0) {
                return new int[0];
            }
            found[entry] = at;
            entry += file[at] == LONG || file[at] == DOUBLE ? 1 : 0; // it takes two
            at += length;
        }
        return found;
    }

    private int length(int at) {
        switch (file[at]) {
            case UTF8:
                return 3 + number(at + 1);
            case 3: // int
            case 4: // float
            case 9: // field
            case METHOD:
            case INTERFACE_METHOD:
            case 12: // name and type
            case 17: // dynamic
            case 18: // invokedynamic
                return 5;
            case LONG:
            case DOUBLE:
                return 9;
            case CLASS:
            case 8: // string
            case 16: // method type
            case 19: // module
            case 20: // package
                return 3;
            case 15: // method handle
                return 4;
            default:
                return 0;
        }
    }

    private int number(int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }

    /**
     * The classes named that are in these packages or below them, and of each the methods that are called.
     *
     * @param packages such as {@code org/postgresql/}, in ASCII
     */
    Map<String, Set<String>> namedIn(byte[][] packages) {
        Map<String, Set<String>> named = null;
        for (int entry : entries) {
            if (isA(entry, CLASS)) {
                String name = className(entry, packages);
                if (name != null) {
                    named = named == null ? new TreeMap<>() : named;
                    if (named.size() < MOST_CLASSES && !named.containsKey(name)) {
                        named.put(name, new TreeSet<>());
                    }
                }
            }
        }
        if (named == null) {
            return Collections.emptyMap();
        }
        addMethods(named, packages);
        return named;
    }

    private void addMethods(Map<String, Set<String>> named, byte[][] packages) {
        for (int entry : entries) {
            if (isA(entry, METHOD) || isA(entry, INTERFACE_METHOD)) {
                String owner = className(entries[number(entry + 1)], packages);
                Set<String> methods = owner == null ? null : named.get(owner);
                if (methods != null && methods.size() < MOST_METHODS) {
                    int nameAndType = entries[number(entry + 3)];
                    String method = text(entries[number(nameAndType + 1)], 0);
                    methods.add(method.equals("<init>") ? "new" : method);
                }
            }
        }
    }

    private boolean isA(int entry, int kind) {
        return entry != 0 && file[entry] == kind;
    }

    /** Of a class entry; null if it is in none of the packages. */
    private @Nullable String className(int entry, byte[][] packages) {
        int utf8 = entries[number(entry + 1)];
        int start = utf8 + 3;
        int skipped = 0;
        if (file[start] == '[') {
            while (file[start + skipped] == '[') {
                skipped++;
            }
            skipped += file[start + skipped] == 'L' ? 1 : 0;
        }
        for (byte[] name : packages) {
            if (number(utf8 + 1) > skipped + name.length && startsWith(start + skipped, name)) {
                String text = text(utf8, skipped).replace('/', '.');
                return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
            }
        }
        return null;
    }

    private boolean startsWith(int start, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (file[start + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** It is shown to people: names may have any character. */
    private String text(int utf8, int skipped) {
        int length = Math.min(number(utf8 + 1) - skipped, LONGEST_NAME);
        return new String(file, utf8 + 3 + skipped, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
