package io.poolshim.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.session.Address;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@link Attribute}s of metrics, in the agent's own API. */
final class Names {
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey(Attribute.SYSTEM.key);
    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey(Attribute.NAMESPACE.key);
    static final AttributeKey<String> HOST = AttributeKey.stringKey(Attribute.HOST.key);
    static final AttributeKey<Long> PORT = AttributeKey.longKey(Attribute.PORT.key);
    static final AttributeKey<String> SUMMARY = AttributeKey.stringKey(Attribute.SUMMARY.key);
    static final AttributeKey<String> SQLSTATE = AttributeKey.stringKey(Attribute.SQLSTATE.key);
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey(Attribute.ERROR_TYPE.key);
    static final AttributeKey<String> POOL = AttributeKey.stringKey(Attribute.POOL.key);
    static final AttributeKey<String> STATE = AttributeKey.stringKey(Attribute.STATE.key);
    static final AttributeKey<String> USER = AttributeKey.stringKey(Attribute.USER.key);
    static final AttributeKey<String> REASON = AttributeKey.stringKey(Attribute.REASON.key);

    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey(Attribute.OUTCOME.key);
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey(Attribute.OPERATION.key);

    private static final int MOST_ADDRESSES = 1000;

    private final Map<Address, Attributes> servers = new ConcurrentHashMap<>();

    /** Where a connection leads to. */
    Attributes server(Address address) {
        Attributes known = servers.get(address);
        if (known == null) {
            known = Attributes.builder()
                    .put(SYSTEM, address.system())
                    .put(NAMESPACE, address.database())
                    .put(HOST, address.host())
                    .put(PORT, address.port() == 0 ? null : Long.valueOf(address.port()))
                    .build();
            if (servers.size() < MOST_ADDRESSES) {
                servers.put(address, known);
            }
        }
        return known;
    }

    /** The pool's name, and its user apart; kept with the pool. */
    static Attributes pool(ConnectionPool pool) {
        Attributes known = (Attributes) pool.attributes;
        if (known == null) {
            known = Attributes.of(POOL, pool.target(), USER, pool.user());
            pool.attributes = known;
        }
        return known;
    }

    /** What of a failure leaves the JVM: no message, since those carry bound values. */
    static void putError(AttributesBuilder attributes, Throwable thrown) {
        attributes.put(ERROR_TYPE, thrown.getClass().getName());
        if (thrown instanceof SQLException) {
            attributes.put(SQLSTATE, ((SQLException) thrown).getSQLState());
        }
    }
}
