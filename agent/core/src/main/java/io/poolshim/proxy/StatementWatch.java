package io.poolshim.proxy;

import org.jspecify.annotations.Nullable;

/** Tells the agent what a statement sends; counts a batch while it grows. */
final class StatementWatch {
    private final Loan loan;
    private final @Nullable String prepared;
    private @Nullable String firstOfBatch;
    private int batched;

    StatementWatch(Loan loan, @Nullable String prepared) {
        this.loan = loan;
        this.prepared = prepared;
    }

    /** Before a method of the statement runs; what the agent is to be told at its end, or null. */
    synchronized @Nullable Object started(String method, Object @Nullable [] arguments) {
        switch (method) {
            case "execute":
            case "executeQuery":
            case "executeUpdate":
            case "executeLargeUpdate":
                String sql = text(arguments);
                return sql == null ? null : loan.agent().apply("query", sql);
            case "addBatch":
                firstOfBatch = batched++ == 0 ? text(arguments) : firstOfBatch;
                return null;
            case "clearBatch":
                batched = 0;
                return null;
            case "executeBatch":
            case "executeLargeBatch":
                return batch();
            default:
                return null;
        }
    }

    private @Nullable Object batch() {
        int size = batched;
        batched = 0;
        return size == 0 || firstOfBatch == null
                ? null
                : loan.agent().apply("batch", new Object[] {firstOfBatch, size});
    }

    private @Nullable String text(Object @Nullable [] arguments) {
        return arguments != null && arguments[0] instanceof String ? (String) arguments[0] : prepared;
    }
}
