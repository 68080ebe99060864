package io.poolshim.registry;

import io.poolshim.wrap.PooledDriver;

/**
 * What makes two logins the same: the driver as the caller's loader has it, and a digest, keyed per JVM, of the URL, the
 * properties and the time zone. Neither the URL nor a password stands in it as text.
 */
final class PoolKey {
    private final PooledDriver driver;
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    PoolKey(PooledDriver driver, byte[] sha256) {
        this.driver = driver;
        this.first = longAt(sha256, 0);
        this.second = longAt(sha256, 8);
        this.third = longAt(sha256, 16);
        this.fourth = longAt(sha256, 24);
    }

    private static long longAt(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return value;
    }

    PooledDriver driver() {
        return driver;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof PoolKey)) {
            return false;
        }
        PoolKey that = (PoolKey) other;
        return driver.connectionClass() == that.driver.connectionClass()
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return (int) (first ^ first >>> 32);
    }
}
