package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When a pool's login was last accepted by the server, and which of its connections are still as a new one would be. An
 * unpooled call logs in each time, so a password that was changed or revoked must not be good for ever.
 */
final class Logins {
    private volatile long validNanos;
    private final AtomicInteger generation = new AtomicInteger();
    private volatile long last = System.nanoTime();
    private volatile boolean due = true; // nobody has logged in yet

    /** {@code validNanos}: for how long a login stands for those that come after it; 0 for ever. */
    Logins(long validNanos) {
        this.validNanos = validNanos;
    }

    /** As if it had always been so. */
    void validFor(long nanos) {
        validNanos = nanos;
    }

    /** Whether the next borrower is to log in, even if there is an idle connection. */
    boolean isDue(long now) {
        return due || validNanos > 0 && now - last > validNanos;
    }

    /** To be kept from before a login until {@link #succeeded}: a change meanwhile may not have reached it. */
    int generation() {
        return generation.get();
    }

    /** The server accepted the login. */
    void succeeded() {
        last = System.nanoTime();
        due = false;
    }

    /** The next borrower is to log in. */
    void demand() {
        due = true;
    }

    /** Connections of generations before are not to be handed out any more. */
    void renew() {
        generation.incrementAndGet();
    }

    boolean isCurrent(PooledPhysical physical) {
        return physical.generation() == generation.get();
    }
}
