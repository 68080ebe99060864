package org.postgresql.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.TransactionState;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.LruCache;

/** What a physical connection was like when it was new, and the way back to that. */
final class PoolshimState {
    private static final Field STREAM = field(QueryExecutorBase.class, "pgStream");
    private static final Field INPUT = field(PGStream.class, "pgInput");
    private static final Field UNKNOWN_LENGTH = field(TypeInfoCache.class, "unknownLength");
    private static final List<Field> TYPE_MAPS = maps(TypeInfoCache.class);

    private static final Field STATEMENTS = field(QueryExecutorBase.class, "statementCache");
    private static final Field CACHE = field(LruCache.class, "cache");
    private static final MethodHandle SET_CACHE_SIZE = setter(field(LruCache.class, "currentSize"));

    private static final int RESET_TIMEOUT = 2000; // ms; close() must not hang where an unpooled one would not

    private final PGStream stream;
    private final InputStream input;
    private final LruCache<?, ?> statements;
    private final Map<?, ?> statementMap;
    private final TypeInfo types;
    private final int unknownLength;
    private final AutoSave autosave;
    private final int prepareThreshold;
    private final int fetchSize;
    private final int queryTimeout;
    private final int holdability;
    private final boolean forceBinary;
    private final boolean readOnly;
    private final boolean autoCommit;
    private final boolean adaptiveFetch;
    private final boolean columnSanitiserDisabled;
    private final int networkTimeout;
    private final PreferQueryMode queryMode;
    private final Properties clientInfo;

    PoolshimState(PgConnection physical) throws SQLException, IllegalAccessException {
        QueryExecutor executor = physical.getQueryExecutor();
        stream = (PGStream) STREAM.get(executor);
        input = (InputStream) INPUT.get(stream);
        statements = (LruCache<?, ?>) STATEMENTS.get(executor);
        statementMap = (Map<?, ?>) CACHE.get(statements);
        types = physical.getTypeInfo();
        unknownLength = UNKNOWN_LENGTH.getInt(types);
        autosave = physical.getAutosave();
        prepareThreshold = physical.getPrepareThreshold();
        fetchSize = physical.getDefaultFetchSize();
        queryTimeout = physical.getQueryTimeout();
        holdability = physical.getHoldability();
        forceBinary = physical.getForceBinary();
        readOnly = physical.isReadOnly();
        autoCommit = physical.getAutoCommit();
        adaptiveFetch = physical.getAdaptiveFetch();
        columnSanitiserDisabled = physical.isColumnSanitiserDisabled();
        networkTimeout = physical.getNetworkTimeout();
        queryMode = physical.getPreferQueryMode();
        clientInfo = new Properties();
        clientInfo.putAll(physical.getClientInfo());
    }

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new NoSuchFieldError(owner.getName() + "." + name);
        }
    }

    private static List<Field> maps(Class<?> owner) {
        List<Field> maps = new ArrayList<Field>();
        for (Field field : owner.getDeclaredFields()) {
            if (field.getType() == Map.class && !Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                maps.add(field);
            }
        }
        return maps;
    }

    /**
     * The types as a new connection knows them, for one borrower: with those that the driver's constructor and the
     * properties added. The physical connection's own never change, since borrowers look types up in theirs.
     */
    @SuppressWarnings("unchecked")
    TypeInfo newTypeInfo(PgConnection shell) {
        TypeInfoCache own = new TypeInfoCache(shell, unknownLength);
        try {
            for (Field field : TYPE_MAPS) {
                Map<Object, Object> map = (Map<Object, Object>) field.get(own);
                map.clear();
                map.putAll((Map<Object, Object>) field.get(types));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(e.getMessage());
        }
        return own;
    }

    private static MethodHandle setter(Field field) {
        try {
            return MethodHandles.lookup().unreflectSetter(field);
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(field.toString());
        }
    }

    /** Unread bytes on an idle connection, or its end. The longer look takes a millisecond. */
    boolean isQuiet(boolean longer) throws IOException {
        if (input.available() > 0) {
            return false;
        }
        if (!longer) {
            return true;
        }
        int timeout = stream.getNetworkTimeout();
        stream.setNetworkTimeout(1);
        try {
            stream.peekChar(); // throws EOFException at the end of the stream
            return false;
        } catch (SocketTimeoutException nothingToRead) {
            return true;
        } finally {
            stream.setNetworkTimeout(timeout);
        }
    }

    /**
     * Makes the connection as it was. Round trips: ROLLBACK if a transaction is open, then DISCARD ALL.
     *
     * @param rollback false only to sabotage
     * @param discard false only to sabotage
     * @return false if it cannot be handed on
     */
    boolean restore(PgConnection physical, boolean rollback, boolean discard) throws SQLException, IOException {
        QueryExecutor executor = physical.getQueryExecutor();
        if (physical.isClosed()) {
            return false;
        }
        stream.setNetworkTimeout(RESET_TIMEOUT);
        boolean inTransaction = executor.getTransactionState() != TransactionState.IDLE;
        if (inTransaction && rollback) {
            physical.setAutosave(AutoSave.NEVER); // else the driver sends a SAVEPOINT first
            physical.execSQLUpdate("ROLLBACK");
            inTransaction = false;
        }
        restoreFields(physical, inTransaction);
        if (discard && !inTransaction) {
            physical.execSQLUpdate("DISCARD ALL");
        }
        executor.getNotifications(); // what the executor has received; PgConnection's own method would wait for more
        physical.clearWarnings();
        restoreClientInfo(physical);
        forgetStatements();
        stream.setNetworkTimeout(networkTimeout);
        return !rollback || !physical.isClosed() && executor.getTransactionState() == TransactionState.IDLE;
    }

    /** Gives a new connection the attributes that were read from another one. */
    void copyTo(PgConnection physical) throws SQLException {
        physical.setNetworkTimeout(null, networkTimeout);
        restoreFields(physical, false);
    }

    private void restoreFields(PgConnection physical, boolean inTransaction) throws SQLException {
        if (!inTransaction) {
            if (physical.isReadOnly() != readOnly) {
                physical.setReadOnly(readOnly);
            }
            physical.setAutoCommit(autoCommit);
        }
        physical.setAutosave(autosave);
        physical.setPrepareThreshold(prepareThreshold);
        physical.setDefaultFetchSize(fetchSize);
        physical.setQueryTimeout(queryTimeout);
        physical.setHoldability(holdability);
        physical.setForceBinary(forceBinary);
        physical.setAdaptiveFetch(adaptiveFetch);
        physical.setDisableColumnSanitiser(columnSanitiserDisabled);
        physical.setFlushCacheOnDeallocate(true);
        physical.getQueryExecutor().setPreferQueryMode(queryMode);
        physical.setTypeMapImpl(new HashMap<String, Class<?>>()); // the old one may still be in the application's hands
    }

    /**
     * The driver counts how often each text was executed on the connection, and from the fifth time on it prepares it on
     * the server and takes binary results, whose text is another one: each borrower is to begin at one.
     */
    private void forgetStatements() {
        if (!statementMap.isEmpty()) {
            statementMap.clear(); // on the server they are gone already
            try {
                SET_CACHE_SIZE.invoke(statements, 0L);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The driver hands out its own Properties, which the application may have kept or changed. */
    private void restoreClientInfo(PgConnection physical) throws SQLException {
        Properties live = physical.getClientInfo();
        if (!live.equals(clientInfo)) {
            live.clear();
            live.putAll(clientInfo);
        }
    }
}
