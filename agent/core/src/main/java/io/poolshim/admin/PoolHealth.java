package io.poolshim.admin;

import io.poolshim.log.JsonWriter;
import io.poolshim.pool.ConnectionPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What health says of one pool, and why. */
final class PoolHealth {
    static final PoolHealth UNKNOWN = new PoolHealth(Status.UNKNOWN, new ArrayList<>());

    /** In thousandths: beyond it a share of time-outs is not degraded any more, but unhealthy. */
    private static final long MOST = 500;

    private static final int SECONDS_OF_WAITING = 3;
    private static final long SLOW_PROBE = 1_000; // ms

    final Status status;
    private final List<String> reasons;

    private PoolHealth(Status status, List<String> reasons) {
        this.status = status;
        this.reasons = reasons;
    }

    /** By the last minute, the last probe of its database, if there was one, and what somebody else has found. */
    static PoolHealth of(
            PoolWatch watch, @Nullable Probe probe, List<Function<ConnectionPool, @Nullable Finding>> further) {
        List<Finding> findings = new ArrayList<>();
        ofBorrows(watch, findings);
        if (probe != null) {
            ofProbe(probe, findings);
        }
        for (Function<ConnectionPool, @Nullable Finding> one : further) {
            Finding finding = one.apply(watch.pool);
            if (finding != null) {
                findings.add(finding);
            }
        }
        findings.sort((a, b) -> b.status.compareTo(a.status));
        Status worst = watch.pool.statistics().borrows() > 0 ? Status.HEALTHY : Status.UNKNOWN;
        List<String> reasons = new ArrayList<>();
        for (Finding finding : findings) {
            worst = worst.or(finding.status);
            reasons.add(finding.reason);
        }
        return new PoolHealth(worst, reasons);
    }

    private static void ofBorrows(PoolWatch watch, List<Finding> findings) {
        LastMinute last = watch.lastMinute;
        if (last.isFailing()) {
            findings.add(new Finding(Status.UNHEALTHY, "logins fail: " + watch.lastFailure()));
        } else if (last.failures() > 0) {
            findings.add(new Finding(
                    Status.DEGRADED, percent(last.failureShare()) + " of borrows in the last minute failed to log in"));
        }
        if (last.timeouts() > 0) {
            long share = last.timeoutShare();
            findings.add(new Finding(
                    share >= MOST ? Status.UNHEALTHY : Status.DEGRADED,
                    percent(share) + " of borrows in the last minute timed out"));
        }
        if (last.hasWaitersFor(SECONDS_OF_WAITING)) {
            findings.add(new Finding(Status.DEGRADED, "callers are waiting (" + watch.pool.state() + ")"));
        }
    }

    private static String percent(long thousandths) {
        return thousandths == 0 ? "less than 0.1 %" : thousandths / 10 + "." + thousandths % 10 + " %";
    }

    private static void ofProbe(Probe probe, List<Finding> findings) {
        long hanging = probe.hangingMillis();
        if (hanging > Probe.PATIENCE) {
            findings.add(new Finding(Status.UNHEALTHY, "a probe has had no answer for " + hanging / 1000 + " seconds"));
            return;
        }
        Probe.Result result = probe.result();
        if (result == null) {
            return;
        }
        if (result.failure != null) {
            findings.add(new Finding(
                    result.isRefusal ? Status.DEGRADED : Status.UNHEALTHY, "a probe failed: " + result.failure));
        } else if (result.millis() > SLOW_PROBE) {
            findings.add(new Finding(Status.DEGRADED, "a probe took " + result.millis() + " ms"));
        }
    }

    /** {@code status}, {@code reason} (the gravest one, unless it is healthy) and all {@code reasons}. */
    void append(JsonWriter json) {
        json.name("status").value(status.toString());
        if (!reasons.isEmpty()) {
            json.name("reason").value(reasons.get(0));
        }
        json.name("reasons").array();
        reasons.forEach(json::value);
        json.endArray();
    }

    /** The status, and the gravest reason for it. */
    String words() {
        return reasons.isEmpty() ? status.toString() : status + ": " + reasons.get(0);
    }

    /** The same, whatever the share: an event that is told again is to be known again. */
    String event() {
        return words().replaceAll("[0-9.]+ %", "# %");
    }
}
