package io.poolshim.journal;

import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.session.PhysicalConnection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a line is to say, copied in the thread in which it happens. Nothing of what it refers to leads to a connection, and
 * of an exception it keeps nothing that could carry a value.
 */
final class Entry {
    static final int SLOW = 1;
    static final int ERROR = 2;
    static final int AUDIT = 4;

    final String event;
    final int logs;
    final long millis = System.currentTimeMillis();

    @Nullable String pool;

    @Nullable String user;

    String thread = nameOf(Thread.currentThread());

    @Nullable Throwable stack; // of the thread; its frames are looked at by whoever writes, which costs far more

    String driver = "";

    @Nullable String place; // instead of a stack

    @Nullable String traceId;

    @Nullable String sql;

    int batchSize;
    long nanos = -1;
    boolean isReturn;
    boolean evicted;
    boolean failed;

    @Nullable String errorType;

    @Nullable String sqlState;

    int vendorCode;

    @Nullable String doing;

    Entry(String event, int logs) {
        this.event = event;
        this.logs = logs;
    }

    /** A virtual thread may have no name. */
    private static String nameOf(Thread thread) {
        return thread.getName().isEmpty() ? "#" + thread.getId() : thread.getName();
    }

    /** Something that this thread does on a loan. */
    Entry by(BorrowRecord record, @Nullable String trace) {
        if (record.physical() instanceof PhysicalConnection) {
            driver = CallSite.driverOf(
                    ((PhysicalConnection) record.physical()).connection().getClass());
        }
        traceId = trace;
        return by(record.pool());
    }

    /** Something that this thread does. */
    Entry by(ConnectionPool of) {
        stack = new Throwable();
        return of(of);
    }

    private Entry of(ConnectionPool of) {
        pool = of.target();
        user = of.user();
        return this;
    }

    /** Something that comes of what another thread has borrowed. */
    Entry ofBorrower(BorrowRecord record, @Nullable String trace) {
        thread = record.borrower();
        place = record.place();
        traceId = trace;
        return of(record.pool());
    }

    /** An error of the agent's own. */
    Entry ofAgent(String what, Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        doing = what;
        place = frames.length == 0 ? null : CallSite.shown(frames[0]);
        return this;
    }

    Entry statement(String text, int size) {
        sql = text;
        batchSize = size;
        return this;
    }

    Entry took(long nanoseconds) {
        nanos = nanoseconds;
        return this;
    }

    Entry evicted(boolean really) {
        isReturn = true;
        evicted = really;
        return this;
    }

    /** It went wrong, without an exception. */
    Entry failed() {
        failed = true;
        return this;
    }

    /** It went well if null. */
    Entry outcome(@Nullable Throwable thrown) {
        if (thrown != null) {
            failed = true;
            errorType = thrown.getClass().getName();
        }
        if (thrown instanceof SQLException) {
            sqlState = ((SQLException) thrown).getSQLState();
            vendorCode = ((SQLException) thrown).getErrorCode();
        }
        return this;
    }

    /** About how many characters it keeps alive. */
    int weight() {
        return sql == null ? 0 : sql.length();
    }
}
