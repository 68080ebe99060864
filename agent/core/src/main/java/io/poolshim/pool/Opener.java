package io.poolshim.pool;

/** Opens a physical connection in the thread of the caller. */
public interface Opener {
    /**
     * Opens.
     *
     * @throws io.poolshim.jdbc.DriverFailure with what the driver threw
     */
    Physical open();

    /** An opener for later and for other threads, that keeps nothing of its caller alive. */
    default Opener detached() {
        return this;
    }
}
