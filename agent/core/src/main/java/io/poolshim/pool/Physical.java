package io.poolshim.pool;

/** A physical connection as the pool sees it: something that can be looked at, validated and closed. */
public interface Physical {
    /**
     * Looks without a round trip whether the connection can still be used: unread bytes or the end of the stream on an
     * idle socket are news, and then it validates.
     *
     * @param idleMillis for how long nobody used it; a longer look is affordable after a long time
     */
    boolean isUsable(long idleMillis);

    /** Validates with a round trip, for at most this many seconds. */
    boolean isValid(int timeoutSeconds);

    /** Whether there is something for {@link #flush}; right while whoever asks has the connection. */
    boolean isUnsent();

    /** Sends what was left to be sent with the next statement, unless somebody has begun to use the connection. */
    void flush();

    /** Really closes the connection; never throws. */
    void close();
}
