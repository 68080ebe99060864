package io.poolshim.session;

/** What a borrower has done to a session, as far as its return goes. */
public enum SessionUse {
    /** Nothing at all. */
    NONE,
    /** Nothing that stays, but numbers of sequences. */
    CLEAN_BUT_SEQUENCES,
    /** Nothing that stays. */
    CLEAN,
    /** What can be reset, and what nobody else waits for. */
    PRIVATE,
    /** What can be reset, but others may be waiting for its end. */
    SHARED,
    /** What no reset restores. */
    OPAQUE
}
