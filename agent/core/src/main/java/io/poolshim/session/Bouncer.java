package io.poolshim.session;

import io.poolshim.jdbc.JdbcUrl;
import io.poolshim.log.Log;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection pooler, such as PgBouncer, between here and the server of one URL. The pooler may give a
 * connection a session of its own for as long as it is open, or another one for each transaction.
 */
public final class Bouncer {
    enum Mode {
        /** There is none, as far as is known. */
        NONE,
        /** Each connection has a session of its own: somebody has said so. */
        SESSION,
        /** There is one, and nothing tells that sessions are shared: what is done is right if they are, too. */
        UNSURE,
        /** Each transaction may have another session. */
        TRANSACTION
    }

    private static final int LOOKS = 2; // each costs a login, and two seconds at most

    private final Bouncers known;
    private final String url;
    private final boolean looks;
    private final AtomicBoolean isLookedAt = new AtomicBoolean();
    private volatile int looksLeft = LOOKS;
    private volatile Mode mode;

    /** {@code setting}: the value of {@code pool.bouncer} for that URL. */
    Bouncer(Bouncers known, String url, String setting) {
        this.known = known;
        this.url = url;
        this.looks = setting.equals("auto");
        this.mode =
                setting.equals("session") ? Mode.SESSION : setting.equals("transaction") ? Mode.TRANSACTION : Mode.NONE;
    }

    /** Whether it is to be found out. */
    boolean looks() {
        return looks;
    }

    /** Whether it is there, and has not answered yet whether it shares sessions. */
    boolean owesAnswer() {
        return looks && mode == Mode.UNSURE && looksLeft > 0;
    }

    /** Whether whoever asks is to find that out, which nobody else does meanwhile. */
    boolean beginLook() {
        return owesAnswer() && isLookedAt.compareAndSet(false, true);
    }

    /** {@code isShared}: null if it could not be found out, which is tried once more then. */
    void endLook(@Nullable Boolean isShared) {
        if (Boolean.TRUE.equals(isShared)) {
            mode = Mode.TRANSACTION;
        }
        looksLeft = isShared == null ? looksLeft - 1 : 0;
        isLookedAt.set(false);
        tell();
    }

    /** Whether there is one, as far as is known. */
    public boolean isThere() {
        return mode != Mode.NONE;
    }

    /** Whether the next transaction may find nothing of what this one has prepared. */
    boolean mayShareSessions() {
        return mode == Mode.UNSURE || mode == Mode.TRANSACTION;
    }

    boolean sharesSessions() {
        return mode == Mode.TRANSACTION;
    }

    /**
     * How a session is to be restored, see {@link Restore}. Where it is another one for each transaction, there is nothing
     * to be reset: the session of the next transaction is somebody else's, too.
     */
    int restoring(int how) {
        if (sharesSessions()) {
            return how & Restore.ROLLBACK | Restore.LOGIN;
        }
        return mayShareSessions() ? how & ~Restore.KEEP_STATEMENTS : how;
    }

    /** There is one, which is known from now on; the one that is known already, should somebody have found it before. */
    Bouncer found() {
        mode = Mode.UNSURE;
        return known.add(url, this);
    }

    /**
     * A connection was found in another session than at its login. With no pooler known so far, that tells that there is
     * one; with one, that it shares sessions.
     */
    void sessionChanged() {
        if (mode == Mode.NONE) {
            found();
            tell();
        } else if (mode == Mode.UNSURE) {
            mode = Mode.TRANSACTION;
            tell();
        }
    }

    private void tell() {
        Log.once(
                Log.Level.INFO,
                JdbcUrl.redact(url) + " leads through a connection pooler (PgBouncer or the like), " + what());
    }

    private String what() {
        if (sharesSessions()) {
            return "which gives each transaction another session: none is reset here, nothing stays prepared";
        }
        return owesAnswer()
                ? "which has not shown yet whether it shares sessions: both is allowed for,"
                        + " poolshim.pool.bouncer=session or transaction tells"
                : "which seems to give each connection a session of its own: idle connections here hold sessions there";
    }
}
