package io.poolshim.pool;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Opens a physical connection in the thread of the caller. */
public interface Opener {
    /**
     * Opens.
     *
     * @throws io.poolshim.jdbc.DriverFailure with what the driver threw
     */
    Physical open();

    /** In milliseconds: how long whoever logs in waits at most; 0 for no bound of its own. */
    default long longestWait() {
        return 0;
    }

    /** The class on whose behalf it opens; null if that is not known. */
    default @Nullable Class<?> caller() {
        return null;
    }

    /** An opener that asks for exactly what the application has asked for, and whose connections stay its own. */
    default Opener plain() {
        return this;
    }

    /**
     * Exactly what the application asked for, of which nothing is known afterwards.
     *
     * @throws io.poolshim.jdbc.DriverFailure with what the driver threw
     */
    default Connection connect() {
        throw new UnsupportedOperationException();
    }

    /** An opener for later and for other threads, that keeps nothing of its caller alive. */
    default Opener detached() {
        return this;
    }
}
