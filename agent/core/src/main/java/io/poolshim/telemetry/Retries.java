package io.poolshim.telemetry;

import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an exporter tries again what it could not send. A receiver that refuses connections is tried again, as it may be
 * starting anew, until the JVM exits: then each batch has one attempt, and a back-off between attempts ends at once.
 */
final class Retries {
    private volatile boolean ending;
    private volatile @Nullable Thread refused; // the last one whose attempt was, and which then sleeps

    /** OpenTelemetry's own, but for that. */
    RetryPolicy policy() {
        return RetryPolicy.getDefault().toBuilder()
                .setRetryExceptionPredicate(this::again)
                .build();
    }

    /** Called by the thread that has made the attempt, before it sleeps. */
    boolean again(IOException failure) {
        if (!isRefusal(failure)) {
            return true;
        }
        refused = Thread.currentThread();
        return !ending; // in this order: either side sees the other
    }

    private static boolean isRefusal(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException;
    }

    /** From now on what is refused is not tried again. */
    void end() {
        ending = true;
        Thread last = refused;
        if (last != null && isAsleep(last)) { // not in an attempt, which may succeed
            last.interrupt();
        }
    }

    private static boolean isAsleep(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.getState() == Thread.State.TIMED_WAITING
                && stack.length > 0
                && stack[0].getClassName().equals(Thread.class.getName());
    }
}
