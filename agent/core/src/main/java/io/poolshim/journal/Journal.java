package io.poolshim.journal;

import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.QueryListener;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The logs of slow queries, of errors, and for audits: decides which of what it hears becomes a line. What happens is
 * copied in the thread in which it happens, and written in another; nobody waits for a line.
 */
public final class Journal extends Relay {
    private final long slow; // nanoseconds
    private final boolean errors;
    private final boolean audit;
    private final Function<BorrowRecord, @Nullable String> traces;
    private final Backlog backlog;

    private <T extends PoolListener & QueryListener> Journal(
            T next,
            @Nullable Duration slow,
            boolean errors,
            boolean audit,
            Function<BorrowRecord, @Nullable String> traces,
            Backlog backlog) {
        super(next);
        this.slow = slow == null ? Long.MAX_VALUE : slow.toNanos();
        this.errors = errors;
        this.audit = audit;
        this.traces = traces;
        this.backlog = backlog;
    }

    /**
     * The logs that the settings ask for, in front of another listener; null if they ask for none.
     *
     * @param withoutLiterals makes of a statement what may be shown of it; called in the thread that writes
     * @param traces the id of the trace that a loan belongs to, or null
     * @throws ConfigException if a log needs a file and none is given
     */
    public static <T extends PoolListener & QueryListener> @Nullable Journal inFrontOf(
            T next,
            Config config,
            Function<String, String> withoutLiterals,
            Function<BorrowRecord, @Nullable String> traces) {
        Duration slow = config.get(Settings.SLOW_QUERY);
        boolean errors = config.is(Settings.ERROR_LOG, "on");
        boolean audit = config.is(Settings.AUDIT_LOG, "on");
        if (slow == null && !errors && !audit) {
            return null;
        }
        Backlog backlog = new Backlog(new Lines(withoutLiterals), sink(config, audit, slow));
        backlog.start();
        Journal journal = new Journal(next, slow, errors, audit, traces, backlog);
        if (errors) {
            Log.onSwallowed(journal::swallowed);
        }
        return journal;
    }

    private static Sink sink(Config config, boolean audit, @Nullable Duration slow) {
        String file = config.get(Settings.LOG_FILE);
        if (file != null) {
            return new LogFile(file, config.get(Settings.LOG_FILE_SIZE), config.get(Settings.LOG_FILE_KEEP));
        }
        boolean all = slow != null && slow.isZero();
        if (audit || all) {
            String asked = all ? Settings.SLOW_QUERY.property() + "=0s" : Settings.AUDIT_LOG.property() + "=on";
            throw new ConfigException(asked + " writes many lines; give a file, " + Settings.LOG_FILE.property());
        }
        return (bytes, length) -> {
            Log.lines(bytes, length);
            return true;
        };
    }

    /** A statement that runs, and what the listener behind calls it. */
    private static final class Running {
        final BorrowRecord record;
        final String sql;
        final int batchSize;
        final @Nullable Object next;
        final long start = System.nanoTime();

        Running(BorrowRecord record, String sql, int batchSize, @Nullable Object next) {
            this.record = record;
            this.sql = sql;
            this.batchSize = batchSize;
            this.next = next;
        }
    }

    @Override
    public Object started(BorrowRecord record, String sql, int batchSize) {
        return new Running(record, sql, batchSize, super.started(record, sql, batchSize));
    }

    @Override
    public Object fetching(BorrowRecord record) {
        return new Running(record, "FETCH", 0, super.fetching(record));
    }

    @Override
    public Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        return new Running(record, commit ? "COMMIT" : "ROLLBACK", 0, super.ending(record, commit, sinceNanos));
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        Running running = (Running) token;
        long nanos = System.nanoTime() - running.start;
        if (running.next != null) {
            super.ended(running.next, thrown);
        }
        int logs = (nanos >= slow ? Entry.SLOW : 0) | logs(thrown != null);
        write(
                logs,
                () -> new Entry(running.batchSize > 0 ? "batch" : "statement", logs)
                        .by(running.record, traceId(running.record))
                        .statement(running.sql, running.batchSize)
                        .took(nanos)
                        .outcome(thrown));
    }

    @Override
    public void sent(BorrowRecord record, String sql) {
        super.sent(record, sql);
        int logs = (slow == 0 ? Entry.SLOW : 0) | logs(false);
        write(
                logs,
                () -> new Entry("sent", logs)
                        .by(record, traceId(record))
                        .statement(sql, 0)
                        .outcome(null));
    }

    /** Which logs something belongs to that is of interest to an audit. */
    private int logs(boolean failed) {
        return (errors && failed ? Entry.ERROR : 0) | (audit ? Entry.AUDIT : 0);
    }

    private @Nullable String traceId(BorrowRecord record) {
        return traces.apply(record);
    }

    private void write(int logs, Supplier<Entry> entry) {
        if (logs == 0 || !backlog.accepts()) {
            return;
        }
        try {
            backlog.add(entry.get());
        } catch (RuntimeException | LinkageError e) {
            backlog.drop();
            Log.swallowed("making a line of a log", e);
        }
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        super.borrowed(record, startNanos);
        int logs = logs(false);
        write(
                logs,
                () -> new Entry("borrow", logs)
                        .by(record, traceId(record))
                        .took(System.nanoTime() - startNanos)
                        .outcome(null));
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        super.borrowFailed(record, startNanos, thrown);
        int logs = record.hasTimedOut() ? 0 : logs(true);
        write(
                logs,
                () -> new Entry("login-failed", logs)
                        .by(record.pool())
                        .took(System.nanoTime() - startNanos)
                        .outcome(thrown));
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        super.timedOut(record, startNanos);
        int logs = logs(true);
        write(
                logs,
                () -> new Entry("borrow-timeout", logs)
                        .by(record.pool())
                        .took(System.nanoTime() - startNanos)
                        .failed());
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        int logs = errors ? Entry.ERROR : 0;
        write(
                logs,
                () -> new Entry("leak-reclaimed", logs)
                        .ofBorrower(record, traceId(record))
                        .took(record.heldNanos())
                        .failed());
        super.reclaimed(record);
    }

    /** Whoever hears of it next ends its trace. */
    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        int logs = logs(false);
        write(
                logs,
                () -> new Entry("return", logs)
                        .by(record, traceId(record))
                        .took(record.heldNanos())
                        .evicted(evicted)
                        .outcome(null));
        super.returned(record, evicted);
    }

    private void swallowed(String doing, Throwable error) {
        write(
                Entry.ERROR,
                () -> new Entry("swallowed", Entry.ERROR).ofAgent(doing, error).outcome(error));
    }

    /** How many lines were not written, because they came too fast or could not be. */
    public long dropped() {
        return backlog.dropped();
    }

    /** Waits until what has happened so far is written, for at most so long. */
    public void flush(long millis) {
        backlog.flush(millis);
    }
}
