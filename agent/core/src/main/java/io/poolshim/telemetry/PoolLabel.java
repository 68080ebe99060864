package io.poolshim.telemetry;

import io.poolshim.pool.ConnectionPool;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What telemetry calls a pool: its name, and its user apart. */
final class PoolLabel {
    private final String target;
    private final String user;

    PoolLabel(ConnectionPool pool) {
        this.target = pool.target();
        this.user = pool.user();
    }

    Map<Attribute, Object> values() {
        Map<Attribute, Object> values = new EnumMap<>(Attribute.class);
        values.put(Attribute.POOL, target);
        values.put(Attribute.USER, user);
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PoolLabel
                && target.equals(((PoolLabel) other).target)
                && user.equals(((PoolLabel) other).user);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, user);
    }
}
