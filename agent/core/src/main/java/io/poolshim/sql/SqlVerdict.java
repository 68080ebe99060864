package io.poolshim.sql;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one text of SQL does to its own session and to others, or all texts of a loan together. */
public final class SqlVerdict {
    /** Of no text. */
    public static final SqlVerdict NOTHING = new SqlVerdict(0, Collections.emptySet(), null, null);

    /** Of a text that does nothing, as far as can be told without a catalogue. */
    public static final SqlVerdict HARMLESS = new SqlVerdict(0, Collections.emptySet(), null, null);

    static final int OPAQUE = 1;
    static final int SHARED = 2;
    static final int TEMPORARY = 4;
    static final int LOOKS_FOR_TEMPORARY = 8;
    static final int CHANGES_CATALOGUE = 16;
    static final int TOUCHES = 32;
    static final int SEQUENCES = 64;
    static final int FIXES = 128;
    static final int TIMES = 256;
    static final int READS_ONLY = 512;

    private final int flags;
    private final Set<String> functions;
    private final @Nullable Concern concern;
    private final @Nullable Catalogue catalogue;

    private SqlVerdict(int flags, Set<String> functions, @Nullable Concern concern, @Nullable Catalogue catalogue) {
        this.flags = flags;
        this.functions = functions;
        this.concern = concern;
        this.catalogue = catalogue;
    }

    static SqlVerdict of(int flags, Set<String> functions, @Nullable Concern concern, @Nullable Catalogue catalogue) {
        return flags == 0 && functions.isEmpty() && concern == null && catalogue == null
                ? HARMLESS
                : new SqlVerdict(flags, functions, concern, catalogue);
    }

    /** Of this text and others; the same object if the other one adds nothing. */
    public SqlVerdict and(SqlVerdict other) {
        if (this == other || (flags | other.flags) == flags && addsNothing(other)) {
            return this;
        }
        if (this == NOTHING) {
            return other;
        }
        boolean stale = catalogue != other.catalogue; // the catalogue has changed in between
        Set<String> all = new LinkedHashSet<>(functions);
        all.addAll(other.functions);
        return new SqlVerdict(
                flags | other.flags | (stale ? OPAQUE : 0),
                all,
                concern == null ? other.concern : concern.and(other.concern),
                catalogue);
    }

    private boolean addsNothing(SqlVerdict other) {
        return this != NOTHING
                && other.catalogue == catalogue
                && functions.containsAll(other.functions)
                && (other.concern == null || Objects.equals(other.concern, concern));
    }

    int flags() {
        return flags;
    }

    /**
     * Whether it leaves something in its session that {@code DISCARD ALL} does not undo, or may do so: customised (dotted)
     * settings, which come back as an empty string instead of NULL; the seed of random(); loaded libraries; connections
     * of dblink and foreign tables; whatever DO and functions may hide that are not known to be harmless, see
     * {@link Catalogue}. Errs on the side of "opaque".
     */
    public boolean isOpaque() {
        return (flags & OPAQUE) != 0;
    }

    /**
     * Whether others may be waiting for the end of what it leaves behind in its session once its transaction has ended: a
     * lock, a temporary object. So may whoever has the session next: see {@link #setsTimeout}. Errs on the side of
     * "shared".
     */
    public boolean isShared() {
        return (flags & (SHARED | TEMPORARY | TIMES)) != 0
                || !functions.isEmpty(); // those are to be proved before anybody goes on
    }

    /**
     * Whether it sets a time-out of the server's. That may end the reset as well, or pass while the reset ends: then the
     * server ends the statement after it.
     */
    boolean setsTimeout() {
        return (flags & TIMES) != 0;
    }

    /** Whether it makes transactions read-only, or may do so. */
    public boolean asksToRead() {
        return (flags & READS_ONLY) != 0;
    }

    /** Whether it may make temporary objects. They go with a reset, but it shows that there were some. */
    public boolean leavesTemporary() {
        return (flags & TEMPORARY) != 0;
    }

    /** Whether it may see that its session once had temporary objects. */
    public boolean looksForTemporary() {
        return (flags & LOOKS_FOR_TEMPORARY) != 0;
    }

    /**
     * Whether it is known to leave nothing in its session, by what the catalogue told last, but for numbers
     * of sequences; and whether it cannot find out whether statements are prepared.
     */
    public boolean isClean() {
        return catalogue != null
                && functions.isEmpty()
                && (flags & ~(SEQUENCES | FIXES | LOOKS_FOR_TEMPORARY | READS_ONLY)) == 0;
    }

    /** Whether it takes numbers from sequences, which {@code lastval()} shows. */
    public boolean usesSequences() {
        return (flags & SEQUENCES) != 0;
    }

    /** Whether it means the same at another time, as long as tables, functions and operators are what they are. */
    public boolean isTimeless() {
        return (flags & FIXES) == 0;
    }

    /** Whether it changes what a {@link Catalogue} tells. */
    public boolean changesCatalogue() {
        return (flags & CHANGES_CATALOGUE) != 0;
    }

    /** The functions of the application's own that it calls, all of them known to be harmless. */
    Set<String> functions() {
        return functions;
    }

    /** The one by which this was found; null if none was known. */
    @Nullable Catalogue catalogue() {
        return catalogue;
    }

    /** The sessions of others that it concerns; null if there are none. */
    public @Nullable Concern concern() {
        return concern;
    }
}
