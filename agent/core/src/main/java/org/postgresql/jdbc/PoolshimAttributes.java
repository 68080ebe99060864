package org.postgresql.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.core.QueryExecutor;

/** What an application can set on a connection without the server hearing of it. */
final class PoolshimAttributes {
    private static final MethodHandle GET_QUERY_TIMEOUT =
            getter(PgConnection.class, "getQueryTimeout", int.class, 0); // since 42.7.5
    private static final MethodHandle SET_QUERY_TIMEOUT = setter(PgConnection.class, "setQueryTimeout", int.class);
    private static final MethodHandle GET_ADAPTIVE_FETCH =
            getter(PgConnection.class, "getAdaptiveFetch", boolean.class, false); // since 42.3.0
    private static final MethodHandle SET_ADAPTIVE_FETCH =
            setter(PgConnection.class, "setAdaptiveFetch", boolean.class);
    private static final MethodHandle SET_QUERY_MODE =
            setter(QueryExecutor.class, "setPreferQueryMode", PreferQueryMode.class); // since 42.7.4
    private static final MethodHandle GET_FLUSH_ON_DDL =
            getter(QueryExecutor.class, "isFlushCacheOnDdl", boolean.class, false); // since 42.7.12
    private static final MethodHandle SET_FLUSH_ON_DDL =
            setter(QueryExecutor.class, "setFlushCacheOnDdl", boolean.class);

    private final AutoSave autosave;
    private final int prepareThreshold;
    private final int fetchSize;
    private final int queryTimeout;
    private final int holdability;
    private final boolean forceBinary;
    private final boolean readOnly;
    private final boolean autoCommit;
    private final boolean adaptiveFetch;
    private final boolean flushOnDdl;
    private final boolean columnSanitiserDisabled;
    private final PreferQueryMode queryMode;
    private final Map<String, Class<?>> typeMap;

    PoolshimAttributes(PgConnection connection) throws SQLException {
        autosave = connection.getAutosave();
        prepareThreshold = connection.getPrepareThreshold();
        fetchSize = connection.getDefaultFetchSize();
        holdability = connection.getHoldability();
        forceBinary = connection.getForceBinary();
        readOnly = connection.isReadOnly();
        autoCommit = connection.getAutoCommit();
        columnSanitiserDisabled = connection.isColumnSanitiserDisabled();
        queryMode = connection.getPreferQueryMode();
        typeMap = connection.getTypeMap();
        try {
            queryTimeout = (int) GET_QUERY_TIMEOUT.invokeExact(connection);
            adaptiveFetch = (boolean) GET_ADAPTIVE_FETCH.invokeExact(connection);
            flushOnDdl = (boolean) GET_FLUSH_ON_DDL.invokeExact(connection.getQueryExecutor());
        } catch (Throwable e) {
            throw PoolshimAccess.<SQLException>sneaky(e);
        }
    }

    /** Sets them on a connection that another application is to get: what the last one gave it, it may still hold. */
    void restore(PgConnection physical, boolean inTransaction) throws SQLException {
        set(physical, inTransaction, typeMap == null ? null : new HashMap<String, Class<?>>()); // null in 9.4.1212
    }

    /** Whether {@link #announce} has something to say. */
    boolean isAnnounced() {
        return readOnly;
    }

    /** Says to a session just reset what the driver says after the login, with {@code readOnlyMode=always}. */
    void announce(PgConnection physical) throws SQLException {
        if (readOnly) {
            physical.setReadOnly(false); // else it would think that nothing changes
            physical.setReadOnly(true);
        }
    }

    /** Sets them on a connection that takes the place of the one they are from. */
    void copyTo(PgConnection physical) throws SQLException {
        set(physical, false, typeMap);
    }

    private void set(PgConnection physical, boolean inTransaction, Map<String, Class<?>> types) throws SQLException {
        if (!inTransaction) {
            if (physical.isReadOnly() != readOnly) {
                physical.setReadOnly(readOnly);
            }
            physical.setAutoCommit(autoCommit);
        }
        physical.setAutosave(autosave);
        physical.setPrepareThreshold(prepareThreshold);
        physical.setDefaultFetchSize(fetchSize);
        physical.setHoldability(holdability);
        physical.setForceBinary(forceBinary);
        physical.setDisableColumnSanitiser(columnSanitiserDisabled);
        physical.setFlushCacheOnDeallocate(true);
        physical.setTypeMapImpl(types);
        setWhatSomeVersionsHave(physical, physical.getQueryExecutor());
    }

    private void setWhatSomeVersionsHave(PgConnection physical, QueryExecutor executor) throws SQLException {
        try {
            SET_QUERY_TIMEOUT.invokeExact(physical, queryTimeout);
            SET_ADAPTIVE_FETCH.invokeExact(physical, adaptiveFetch);
            SET_QUERY_MODE.invokeExact(executor, queryMode);
            SET_FLUSH_ON_DDL.invokeExact(executor, flushOnDdl);
        } catch (Throwable e) {
            throw PoolshimAccess.<SQLException>sneaky(e);
        }
    }

    /** Where the driver has no such attribute, the value never changes. */
    private static MethodHandle getter(Class<?> owner, String name, Class<?> type, Object otherwise) {
        MethodHandle constant = MethodHandles.dropArguments(MethodHandles.constant(type, otherwise), 0, owner);
        return PoolshimAccess.orElse(PoolshimAccess.find(owner, name, type), constant);
    }

    private static MethodHandle setter(Class<?> owner, String name, Class<?> type) {
        MethodHandle nothing = MethodHandles.constant(Object.class, null).asType(MethodType.methodType(void.class));
        return PoolshimAccess.orElse(
                PoolshimAccess.find(owner, name, void.class, type),
                MethodHandles.dropArguments(nothing, 0, owner, type));
    }
}
