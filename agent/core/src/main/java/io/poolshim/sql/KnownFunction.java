package io.poolshim.sql;

import java.util.HashSet;
import java.util.Set;

/** All functions of one name that PostgreSQL does not bring itself, or all that lies behind tables of one name. */
final class KnownFunction {
    /** What is of interest to whoever calls it. */
    private static final int KEPT = SqlVerdict.OPAQUE
            | SqlVerdict.TEMPORARY
            | SqlVerdict.LOOKS_FOR_TEMPORARY
            | SqlVerdict.TOUCHES
            | SqlVerdict.SEQUENCES;

    private final Set<String> serverNames = new HashSet<>();
    private final Set<String> versions = new HashSet<>();
    private final Set<String> called = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private int flags;

    /** One more: its name as the server knows it, and its number and version, with a dot between. */
    void add(String serverName, String version) {
        serverNames.add(serverName);
        versions.add(version);
    }

    /** It runs this. */
    void runs(FunctionScan body) {
        flags |= body.verdict().flags() & KEPT;
        called.addAll(body.functions());
        words.addAll(body.names());
    }

    void calls(String function) {
        called.add(function);
    }

    /** It is not known what it does, or what it does is known not to be harmless. */
    void notHarmless() {
        flags |= SqlVerdict.OPAQUE;
    }

    /** What it does is done by this one, too; whether that is something new. */
    boolean does(int more) {
        int before = flags;
        flags |= more;
        return flags != before;
    }

    /** Of {@link SqlVerdict}. */
    int flags() {
        return flags;
    }

    Set<String> serverNames() {
        return serverNames;
    }

    Set<String> versions() {
        return versions;
    }

    /** Functions that it calls, PostgreSQL's own ones only where that is not known. */
    Set<String> called() {
        return called;
    }

    /** Words of its body: tables may be among them. */
    Set<String> words() {
        return words;
    }
}
