package org.postgresql.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.core.CachedQuery;
import org.postgresql.util.LruCache;

/**
 * The texts that the driver keeps for a physical connection, so that it need not parse them again. The driver counts how often each was executed on the connection, and from the fifth time on it
 * prepares it there and takes binary results, whose text is another one: each borrower is to begin at one, and with nothing of it on the server.
 */
final class PoolshimStatements {
    private final LruCache<Object, CachedQuery> cache;
    private final Set<CachedQuery> released = new HashSet<CachedQuery>(); // in this loan; they have no equals

    PoolshimStatements(LruCache<Object, CachedQuery> cache) {
        this.cache = cache;
    }

    /** A borrower has closed a statement: the driver keeps its text. */
    synchronized void released(CachedQuery text) {
        released.add(text);
    }

    /** Leaves them as they are, and what was prepared on the server, too. */
    synchronized void keepUse() {
        released.clear();
    }

    /** Makes those texts as new that a borrower has used. */
    synchronized void forgetUse() throws SQLException {
        if (released.isEmpty()) {
            return;
        }
        List<CachedQuery> texts = new ArrayList<CachedQuery>(released);
        released.clear();
        for (CachedQuery text : texts) {
            if (!PoolshimAccess.isSimple(text.query)) { // several statements in one: taken out for good
                cache.borrow(text.key);
                continue;
            }
            text.query.close();
            PoolshimAccess.forgetTypes(text.query);
            PoolshimAccess.setExecutions(text, 0);
        }
    }
}
