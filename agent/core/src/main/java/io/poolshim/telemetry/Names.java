package io.poolshim.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.session.Address;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Attributes by the stable semantic conventions for databases, and a few of our own; see docs/telemetry.md. */
final class Names {
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
    static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
    static final AttributeKey<String> PROCEDURE = AttributeKey.stringKey("db.stored_procedure.name");
    static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("db.operation.batch.size");
    static final AttributeKey<String> SQLSTATE = AttributeKey.stringKey("db.response.status_code");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> POOL = AttributeKey.stringKey("db.client.connection.pool.name");
    static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");
    static final AttributeKey<Long> VENDOR_CODE = AttributeKey.longKey("poolshim.vendor_code");
    static final AttributeKey<String> ORIGIN = AttributeKey.stringKey("poolshim.connection.origin");
    static final AttributeKey<String> USER = AttributeKey.stringKey("poolshim.pool.user");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("poolshim.reason");

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
