package io.poolshim.pool;

/** Hears what happens in the pools, in the thread in which it happens; must neither block nor throw. */
public interface PoolListener {
    /** A pool was made; its first connection is about to be opened. */
    default void created(ConnectionPool pool) {}

    /** Nobody used the pool for a while: it is forgotten. */
    default void retired(ConnectionPool pool) {}

    /** A connection was opened, for a caller or ahead of one, which took so long. */
    default void opened(ConnectionPool pool, long nanos) {}

    /** A connection was borrowed, after a wait that began at {@code startNanos} ({@link System#nanoTime()}). */
    default void borrowed(BorrowRecord record, long startNanos) {}

    /** A caller got its connection only after a wait for a place; after {@link #borrowed}. */
    default void waited(BorrowRecord record, long nanos) {}

    /** A caller gets no connection: opening one failed with what the driver threw, or none was free in time. */
    default void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {}

    /**
     * Nobody returned a connection in time: the caller gets one of its own, and {@link #borrowed} follows, or with the hard
     * limit an exception, and {@link #borrowFailed} follows.
     */
    default void timedOut(BorrowRecord record, long startNanos) {}

    /** A connection was dropped without {@code close()} and taken back; {@link #returned} follows. */
    default void reclaimed(BorrowRecord record) {}

    /** A connection with a place in the pool was really closed, idle or at its return; not for its age alone. */
    default void evicted(ConnectionPool pool, Eviction why) {}

    /** A statement failed because the server has gone or takes no writes any more: what was open is not lent again. */
    default void serverFailed(ConnectionPool pool, Throwable thrown) {}

    /** Logins to the pool's server fail at once from now on, because the last ones did not reach it; the last failure. */
    default void breakerOpened(ConnectionPool pool, Throwable cause) {}

    /** Somebody had the pool suspended, resumed, emptied, resized, or its mode changed. */
    default void controlled(ConnectionPool pool, String action) {}

    /** A connection was returned or, if {@code evicted}, really closed. */
    default void returned(BorrowRecord record, boolean evicted) {}
}
