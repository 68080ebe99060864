package io.poolshim.benchmark.stub;

import java.sql.SQLException;
import java.sql.SQLWarning;

/** A prepared statement that changes one row, at no cost. */
public final class StubStatement extends UnsupportedStatement {
    private final StubConnection connection;
    private final String sql;
    private boolean closed;

    StubStatement(StubConnection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /** Always false: an update count is what there is. */
    @Override
    public boolean execute() {
        connection.getQueryExecutor().execute(sql, null, null, 0, 0, 0);
        return false;
    }

    @Override
    public int executeUpdate() {
        execute();
        return getUpdateCount();
    }

    @Override
    public int getUpdateCount() {
        return 1;
    }

    @Override
    public StubConnection getConnection() {
        return connection;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {}

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
