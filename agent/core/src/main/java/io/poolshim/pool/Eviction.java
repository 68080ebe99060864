package io.poolshim.pool;

/** Why a connection that had a place in the pool was really closed. */
public enum Eviction {
    /** Its borrower left what no reset undoes, or the reset failed. */
    SESSION("session"),
    /** Something still ran on it when it was returned, or it was aborted. */
    BUSY("busy"),
    /** It was dropped without {@code close()}. */
    DROPPED("dropped"),
    /** The agent could not lend it, or could not take it back. */
    FAILED("failed"),
    /** The pool keeps nothing yet, or not any more. */
    NOT_KEPT("not-kept"),
    /** It had been borrowed as often, or had had as many statements, as the settings permit. */
    USES("uses"),
    /** It was opened before something changed that new sessions are to show. */
    OUTDATED("outdated"),
    /** It was found dead. */
    DEAD("dead"),
    /** The next borrower's login takes its place, or was refused. */
    LOGIN("login"),
    /** There were too many connections over all pools, or on the server. */
    ROOM("room"),
    /** It was left over from overflow. */
    OVERFLOW("overflow");

    private final String reason;

    Eviction(String reason) {
        this.reason = reason;
    }

    /** In lower case, for metrics and logs. */
    public String reason() {
        return reason;
    }
}
