package io.poolshim.sql;

/** What a borrower does that its session keeps when the statement has ended, or that only a connection of its own allows. */
public enum Habit {
    SETTING("changes settings (SET)"),
    CUSTOM_SETTING("sets customised settings (app.tenant, say)"),
    ROLE("changes the role or user (SET ROLE, SESSION AUTHORIZATION)"),
    TEMPORARY("makes temporary objects"),
    ADVISORY_LOCK("takes advisory locks of the session"),
    LISTEN("listens (LISTEN)"),
    PREPARED("prepares statements by SQL (PREPARE)"),
    HELD_CURSOR("declares cursors WITH HOLD"),
    FUNCTION("calls functions of the application's own"),
    COPY("copies (COPY)"),
    UNKNOWN("does what no reset is known to undo (DO, LOAD, setseed, dblink, foreign tables)");

    private final String text;

    Habit(String text) {
        this.text = text;
    }

    /** In words, for whoever reads the advice. */
    public String text() {
        return text;
    }

    /** Whether a session in which this was done is closed rather than reset. */
    public boolean spoilsSession() {
        return this == CUSTOM_SETTING || this == UNKNOWN;
    }
}
