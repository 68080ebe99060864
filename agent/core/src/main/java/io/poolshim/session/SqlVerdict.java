package io.poolshim.session;

import org.jspecify.annotations.Nullable;

/** What one text of SQL does to its own session and to others. */
public final class SqlVerdict {
    public static final SqlVerdict HARMLESS = new SqlVerdict(false, true, null);
    private static final SqlVerdict OPAQUE = new SqlVerdict(true, false, null);

    private final boolean opaque;
    private final boolean plain;
    private final @Nullable Concern concern;

    private SqlVerdict(boolean opaque, boolean plain, @Nullable Concern concern) {
        this.opaque = opaque;
        this.plain = plain;
        this.concern = concern;
    }

    static SqlVerdict of(boolean opaque, boolean plain, @Nullable Concern concern) {
        if (concern == null && opaque != plain) {
            return opaque ? OPAQUE : HARMLESS;
        }
        return new SqlVerdict(opaque, plain, concern);
    }

    /**
     * Whether it leaves something in its session that {@code DISCARD ALL} does not undo, or may do so: customised (dotted)
     * settings, which come back as an empty string instead of NULL; the seed of random(); loaded libraries; connections
     * of dblink and foreign tables; whatever DO and functions that PostgreSQL does not bring itself may hide. Errs on the
     * side of "opaque".
     *
     * <p>What a trigger, a view or an operator hides cannot be seen in the text; see docs/safety.md.
     */
    public boolean isOpaque() {
        return opaque;
    }

    /**
     * Whether nobody else can be waiting for the end of what it leaves behind in its session, once its transaction has
     * ended: no lock, no temporary object. Errs on the side of "not plain".
     */
    public boolean isPlain() {
        return plain;
    }

    /** The sessions of others that it concerns; null if there are none. */
    public @Nullable Concern concern() {
        return concern;
    }
}
