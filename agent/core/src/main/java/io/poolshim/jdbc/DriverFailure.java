package io.poolshim.jdbc;

import java.util.Objects;

/** Carries what the driver threw through the agent's own code, so that it is never taken for the agent's error. */
public final class DriverFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DriverFailure(Throwable thrown) {
        super(null, thrown, false, false);
    }

    /** What the driver threw. */
    @Override
    public synchronized Throwable getCause() {
        return Objects.requireNonNull(super.getCause());
    }
}
