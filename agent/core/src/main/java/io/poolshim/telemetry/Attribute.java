package io.poolshim.telemetry;

/**
 * Attributes by the stable semantic conventions for databases and code, and a few of our own; see docs/telemetry.md.
 * Public, like {@link Tracing}, for classes that are defined beside another OpenTelemetry API.
 */
public enum Attribute {
    SYSTEM("db.system.name", Type.TEXT),
    NAMESPACE("db.namespace", Type.TEXT),
    HOST("server.address", Type.TEXT),
    PORT("server.port", Type.NUMBER),
    QUERY_TEXT("db.query.text", Type.TEXT),
    SUMMARY("db.query.summary", Type.TEXT),
    PROCEDURE("db.stored_procedure.name", Type.TEXT),
    OPERATION("db.operation.name", Type.TEXT),
    BATCH_SIZE("db.operation.batch.size", Type.NUMBER),
    SQLSTATE("db.response.status_code", Type.TEXT),
    ERROR_TYPE("error.type", Type.TEXT),
    POOL("db.client.connection.pool.name", Type.TEXT),
    STATE("db.client.connection.state", Type.TEXT),
    FUNCTION("code.function.name", Type.TEXT),
    LINE("code.line.number", Type.NUMBER),

    OLD_SYSTEM("db.system", Type.TEXT),
    OLD_NAME("db.name", Type.TEXT),
    OLD_STATEMENT("db.statement", Type.TEXT),
    OLD_USER("db.user", Type.TEXT),

    VENDOR_CODE("poolshim.vendor_code", Type.NUMBER),
    ORIGIN("poolshim.connection.origin", Type.TEXT),
    QUEUEING("poolshim.wait.queueing", Type.SECONDS),
    CONNECTING("poolshim.wait.connecting", Type.SECONDS),
    VALIDATING("poolshim.wait.validating", Type.SECONDS),
    USER("poolshim.pool.user", Type.TEXT),
    REASON("poolshim.reason", Type.TEXT),
    OUTCOME("poolshim.outcome", Type.TEXT);

    /** What the values are. */
    public enum Type {
        TEXT,
        NUMBER,
        SECONDS
    }

    /** The name that leaves the JVM. */
    public final String key;

    public final Type type;

    Attribute(String key, Type type) {
        this.key = key;
        this.type = type;
    }
}
