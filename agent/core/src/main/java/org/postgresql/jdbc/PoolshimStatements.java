package org.postgresql.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.util.LruCache;

/**
 * The texts that the driver keeps for a physical connection, so that it need not parse them again. The driver counts how
 * often each was executed on the connection, and from the fifth time on it prepares it there and takes binary results, whose
 * text is another one: each borrower is to begin at one, and with nothing of it on the server.
 *
 * <p>If sessions may be proven to be clean, texts stay prepared on the server unseen: they give text until the borrower's own
 * count is high enough. Should a table have changed meanwhile ("cached plan must not change result type"), the driver prepares
 * it anew by itself, but not in a transaction, which then has failed. So one that gives rows is prepared anew at its first
 * use in a transaction, unless it is the first of that transaction, which then can begin again.
 */
final class PoolshimStatements {
    private final LruCache<Object, CachedQuery> cache;
    private final Set<CachedQuery> released = new HashSet<CachedQuery>(); // in this loan; they have no equals
    private final Set<Query> known = queries(); // those in the cache, all that matters
    private final Set<Query> kept = queries();
    private final Set<Query> used = queries(); // in this loan, of those that are kept
    private final Set<Query> described = queries(); // in this loan: then the driver takes binary results at once
    private final Set<Query> often = queries(); // executed in this loan
    private boolean hasKept;
    private volatile boolean mayKeep;

    PoolshimStatements(LruCache<Object, CachedQuery> cache) {
        this.cache = cache;
    }

    private static Set<Query> queries() {
        return Collections.newSetFromMap(new WeakHashMap<Query, Boolean>());
    }

    /** Texts may stay prepared. */
    void mayKeep() {
        mayKeep = true;
    }

    boolean isKeeping() {
        return mayKeep;
    }

    /** Whether this version of the driver gives text, and binary results later, from one that stays prepared. */
    boolean isPreparing() {
        return mayKeep && PoolshimAccess.GIVES_TEXT_OF_PREPARED;
    }

    /** Whether anything may be prepared that a new session would not have: the driver's COMMIT, too. */
    synchronized boolean hasKept() {
        return hasKept || !kept.isEmpty();
    }

    /** A session is handed on with what was prepared in it. */
    synchronized void handOn() {
        hasKept = true;
    }

    /** Nothing is prepared any more. */
    synchronized void forgetKept() {
        kept.clear();
        hasKept = false;
    }

    /** A borrower has closed a statement: the driver keeps its text. */
    synchronized void released(CachedQuery text) {
        released.add(text);
        if (mayKeep) {
            known.add(text.query);
        }
    }

    /**
     * How a text is to be executed that may be kept.
     *
     * @param flags of the driver
     * @param couldSpoil whether it would be noticed if it could not be executed as it was prepared
     * @return flags of the driver
     */
    synchronized int flags(Query query, int flags, boolean couldSpoil) {
        if (!known.contains(query) || !PoolshimAccess.isSimple(query)) {
            return flags;
        }
        boolean describe = (flags & QueryExecutor.QUERY_DESCRIBE_ONLY) != 0;
        boolean first = describe ? !used.contains(query) : used.add(query);
        boolean spoils = describe || couldSpoil && PoolshimAccess.givesRows(query);
        if (first && spoils && PoolshimAccess.isPrepared(query)) {
            query.close();
        }
        if (describe) {
            described.add(query);
        }
        if (described.contains(query)) {
            return flags;
        }
        if ((flags & QueryExecutor.QUERY_ONESHOT) == 0) { // when it is prepared, its columns are not known yet
            boolean asIfPreparedNow = kept.contains(query) && often.add(query);
            return asIfPreparedNow ? flags | QueryExecutor.QUERY_NO_BINARY_TRANSFER : flags;
        }
        kept.add(query);
        return flags & ~QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_NO_BINARY_TRANSFER;
    }

    /** Leaves them as they are, and what was prepared on the server, too. */
    synchronized void keepUse() {
        released.clear();
    }

    /**
     * Makes those texts as new that a borrower has used, but for what stays prepared. What was executed often enough to give
     * binary results does not: old versions of the driver would not take binary ones again after text.
     */
    synchronized void forgetUse() throws SQLException {
        List<CachedQuery> texts = new ArrayList<CachedQuery>(released);
        released.clear();
        for (CachedQuery text : texts) {
            if (!PoolshimAccess.isSimple(text.query)) { // several statements in one: taken out for good
                cache.borrow(text.key);
                continue;
            }
            if (!kept.contains(text.query) || often.contains(text.query)) {
                text.query.close();
                PoolshimAccess.forgetTypes(text.query);
            }
            PoolshimAccess.setExecutions(text, 0);
        }
        used.clear();
        described.clear();
        often.clear();
    }
}
