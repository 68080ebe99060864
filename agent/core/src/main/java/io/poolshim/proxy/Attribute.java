package io.poolshim.proxy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * An attribute that JDBC lets an application set on a connection.
 *
 * @param <T> the type of the value
 */
final class Attribute<T> {
    /** A driver's time-outs are to hold at once, and in this thread. */
    private static final Executor DIRECT = Runnable::run;

    static final Attribute<Integer> NETWORK_TIMEOUT = new Attribute<>(
            "setNetworkTimeout",
            Connection::getNetworkTimeout,
            (connection, value) -> connection.setNetworkTimeout(DIRECT, value));

    /** In the order in which they are restored; the network time-out comes last, as it holds for the others. */
    static final List<Attribute<?>> ALL = Collections.unmodifiableList(Arrays.<Attribute<?>>asList(
            new Attribute<>("setAutoCommit", Connection::getAutoCommit, Connection::setAutoCommit),
            new Attribute<>("setReadOnly", Connection::isReadOnly, Connection::setReadOnly),
            new Attribute<>(
                    "setTransactionIsolation",
                    Connection::getTransactionIsolation,
                    Connection::setTransactionIsolation),
            new Attribute<>("setHoldability", Connection::getHoldability, Connection::setHoldability),
            new Attribute<>("setCatalog", Connection::getCatalog, Connection::setCatalog),
            new Attribute<>("setSchema", Connection::getSchema, Connection::setSchema),
            new Attribute<>("setTypeMap", connection -> copy(connection.getTypeMap()), Connection::setTypeMap),
            new Attribute<>("setClientInfo", connection -> copy(connection.getClientInfo()), Connection::setClientInfo),
            NETWORK_TIMEOUT));

    private interface Reader<T> {
        T read(Connection connection) throws SQLException;
    }

    private interface Writer<T> {
        void write(Connection connection, T value) throws SQLException;
    }

    private final String setter;
    private final Reader<T> reader;
    private final Writer<T> writer;

    private Attribute(String setter, Reader<T> reader, Writer<T> writer) {
        this.setter = setter;
        this.reader = reader;
        this.writer = writer;
    }

    @SuppressWarnings("NullAway") // what the driver gives goes back to the driver, null or not
    private static Map<String, Class<?>> copy(Map<String, Class<?>> live) {
        return live == null ? null : new HashMap<>(live);
    }

    private static Properties copy(Properties live) {
        Properties copy = new Properties();
        if (live != null) {
            copy.putAll(live);
        }
        return copy;
    }

    /** The name of the method that sets it. */
    String setter() {
        return setter;
    }

    /** The value; throws whatever the driver throws that does not know the attribute. */
    Object read(Connection connection) throws SQLException {
        return reader.read(connection);
    }

    void write(Connection connection, T value) throws SQLException {
        writer.write(connection, value);
    }

    /** Writes the value if the connection has another one; false if it does not take it. */
    @SuppressWarnings("unchecked") // what read has returned
    boolean restore(Connection connection, Object value) throws SQLException {
        if (Objects.equals(reader.read(connection), value)) {
            return true;
        }
        writer.write(connection, (T) value);
        return Objects.equals(reader.read(connection), value);
    }
}
