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

    /** A caller gets no connection: opening one failed with what the driver threw, or none was free in time. */
    default void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {}

    /** A connection was returned or, if {@code evicted}, really closed. */
    default void returned(BorrowRecord record, boolean evicted) {}
}
