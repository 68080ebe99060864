package io.poolshim.start;

import io.poolshim.admin.AdminServer;
import io.poolshim.admin.AdminState;
import io.poolshim.admin.Control;
import io.poolshim.advice.Advice;
import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.instrument.ConnectCalls;
import io.poolshim.journal.Incidents;
import io.poolshim.journal.Journal;
import io.poolshim.pool.Listeners;
import io.poolshim.pool.PoolListener;
import io.poolshim.redirect.CallSites;
import io.poolshim.redirect.PassThrough;
import io.poolshim.telemetry.Telemetry;
import io.poolshim.wrap.QueryListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of pools and statements. They stand in a row, and each passes on what it hears: the admin port's watches, if
 * there is such a port, the logs, if any is on, telemetry. Incidents stand beside the row and hear of pools only.
 */
final class Listening {
    final Telemetry telemetry;
    final PoolListener pools;
    final QueryListener queries;
    private final @Nullable Journal journal;
    private final @Nullable Incidents incidents;
    private final @Nullable AdminServer port;
    private final @Nullable AdminState admin;

    /** {@code first}: of the row. */
    private <T extends PoolListener & QueryListener> Listening(
            Telemetry telemetry,
            @Nullable Journal journal,
            @Nullable AdminServer port,
            @Nullable AdminState admin,
            T first,
            Config config) {
        this.telemetry = telemetry;
        this.journal = journal;
        this.port = port;
        this.admin = admin;
        this.incidents = Incidents.of(config);
        this.pools = Listeners.both(first, incidents);
        this.queries = first;
    }

    /**
     * Those whom the settings ask for.
     *
     * @throws ConfigException if a log needs a file and none is given
     */
    static Listening of(Config config, PassThrough passed) {
        Telemetry telemetry = Telemetry.of(config, passed::counts, new CallSites(ConnectCalls::isOne));
        Journal journal = Journal.inFrontOf(telemetry, config, Telemetry::withoutLiterals, telemetry::traceId);
        return journal == null
                ? inFrontOf(telemetry, telemetry, null, config, passed)
                : inFrontOf(journal, telemetry, journal, config, passed);
    }

    private static <T extends PoolListener & QueryListener> Listening inFrontOf(
            T next, Telemetry telemetry, @Nullable Journal journal, Config config, PassThrough passed) {
        AdminServer port = AdminPort.open(config);
        if (port == null) {
            return new Listening(telemetry, journal, null, null, next, config);
        }
        AdminState admin = new AdminState(config, next, passed, Telemetry::withoutLiterals);
        return new Listening(telemetry, journal, port, admin, admin.watches(), config);
    }

    /** What the admin port tells, and can be told, from now on; nothing if there is none. */
    void showAtAdminPort(Control control, Advice advice) {
        if (port != null && admin != null) {
            admin.control(control);
            admin.advice(advice::json, advice::text);
            port.show(admin);
        }
    }

    /** Lines of logs that nobody will read. */
    long dropped() {
        return journal == null ? 0 : journal.dropped();
    }

    /** What was heard and is not written yet; waits for no longer than that. */
    void flushLogs(long millis) {
        long start = System.nanoTime();
        if (journal != null) {
            journal.flush(millis);
        }
        if (incidents != null) {
            incidents.flush(millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }
}
