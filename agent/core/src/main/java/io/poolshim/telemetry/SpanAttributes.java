package io.poolshim.telemetry;

import io.poolshim.pool.ConnectionPool;
import io.poolshim.session.Address;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sets of attributes that many spans share, made once for each server, pool and query. */
final class SpanAttributes {
    private static final int MOST_KEPT = 1000; // servers, and pools

    private final Tracing tracing;
    private final SpanSettings settings;
    private final Map<Address, Server> servers = new ConcurrentHashMap<>();
    private final Map<String, Object> pools = new ConcurrentHashMap<>();

    /** Where connections lead to. */
    static final class Server {
        final String system;
        final String connectionName; // of spans
        final Object attributes;
        private final Map<Attribute, Object> values;

        Server(Address address, Map<Attribute, Object> values, Object attributes) {
            this.system = address.system();
            this.connectionName = "connection " + address.database();
            this.values = values;
            this.attributes = attributes;
        }
    }

    SpanAttributes(Tracing tracing, SpanSettings settings) {
        this.tracing = tracing;
        this.settings = settings;
    }

    Server server(Address address) {
        Server known = servers.get(address);
        if (known == null) {
            Map<Attribute, Object> values = values(address);
            known = new Server(address, values, tracing.attributes(values));
            if (servers.size() < MOST_KEPT) {
                servers.put(address, known);
            }
        }
        return known;
    }

    private Map<Attribute, Object> values(Address address) {
        Map<Attribute, Object> values = ServerLabel.values(address);
        if (settings.oldNames) {
            put(values, Attribute.OLD_SYSTEM, address.system());
            put(values, Attribute.OLD_NAME, address.database());
        }
        return values;
    }

    /** The pool's name, and its user apart. */
    Object pool(ConnectionPool pool) {
        Object known = pools.get(pool.name());
        if (known == null) {
            known = tracing.attributes(new PoolLabel(pool).values());
            if (pools.size() < MOST_KEPT) {
                pools.put(pool.name(), known);
            }
        }
        return known;
    }

    Object query(KnownQuery query, Server server) {
        return query.ofSpans.get(server, () -> {
            Map<Attribute, Object> values = new EnumMap<>(server.values);
            put(values, Attribute.SUMMARY, query.summary);
            put(values, Attribute.PROCEDURE, query.procedure);
            if (settings.text) {
                put(values, Attribute.QUERY_TEXT, query.text);
                put(values, Attribute.OLD_STATEMENT, settings.oldNames ? query.text : null);
            }
            return tracing.attributes(values);
        });
    }

    private static void put(Map<Attribute, Object> values, Attribute name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
