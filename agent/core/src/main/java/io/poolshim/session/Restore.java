package io.poolshim.session;

/** How a session is to be restored: the sum of these. */
public final class Restore {
    /** End an open transaction. */
    public static final int ROLLBACK = 1;

    /** Undo what was set. */
    public static final int DISCARD = 2;

    /** Let the server know now; otherwise it may hear of it with the next borrower's first statement. */
    public static final int AT_ONCE = 4;

    /** Leave prepared what the borrower has prepared, and go on counting how often: as other pools do. */
    public static final int KEEP_STATEMENTS = 8;

    /** Leave prepared what the borrower has prepared, but so that the next one does not find out. */
    public static final int KEEP_UNSEEN = 16;

    /** Numbers of sequences were taken: the next one is not to find out which. */
    public static final int DISCARD_SEQUENCES = 32;

    /** Nothing of the session, which is shared: only what the login has set in it, if that was changed. */
    public static final int LOGIN = 64;

    private Restore() {}
}
