package io.poolshim.wrap;

import io.poolshim.pool.BorrowRecord;
import org.jspecify.annotations.Nullable;

/** Hears of each statement and batch, in the thread that runs it; must neither block nor throw. */
public interface QueryListener {
    /** Does nothing. */
    QueryListener NONE = new QueryListener() {
        @Override
        public @Nullable Object started(BorrowRecord record, String sql, int batchSize) {
            return null;
        }

        @Override
        public void ended(Object token, @Nullable Throwable thrown) {}
    };

    /**
     * A statement or batch goes to the server.
     *
     * @param batchSize 0 for a single statement
     * @return what {@link #ended} is to be given; null if it need not be called
     */
    @Nullable Object started(BorrowRecord record, String sql, int batchSize);

    /** SQL goes to the server of which no end is told: a COPY of the driver's own, or a further text of a batch. */
    default void sent(BorrowRecord record, String sql) {}

    /** Further rows of a cursor are asked for; the result is as that of {@link #started}. */
    default @Nullable Object fetching(BorrowRecord record) {
        return null;
    }

    /**
     * A transaction is about to end by a call of {@code commit()} or {@code rollback()}; the result is as that of {@link
     * #started}.
     *
     * @param sinceNanos when its first statement was sent ({@link System#nanoTime()})
     */
    default @Nullable Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        return null;
    }

    /** It ended, with what it threw or null. */
    void ended(Object token, @Nullable Throwable thrown);
}
