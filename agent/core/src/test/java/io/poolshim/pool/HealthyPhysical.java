package io.poolshim.pool;

/** A connection that is always well, and does nothing. */
public class HealthyPhysical implements Physical {
    @Override
    public boolean isUsable(long idleMillis) {
        return true;
    }

    @Override
    public boolean isValid(int timeoutSeconds) {
        return true;
    }

    @Override
    public boolean isUnsent() {
        return false;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
