package org.postgresql.jdbc;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.postgresql.core.Query;

/**
 * Where the agent's comments are appended: when the driver's executor has taken the text of a query to send it, woven code
 * asks {@link #commented}. So neither the driver's parser nor its caches, nor the application, ever see a comment. Only what
 * a loan executes gets one, and not what the driver sends along, such as BEGIN.
 */
public final class PoolshimComments implements Consumer<BiFunction<Object, Object, Object>> {
    private static final ThreadLocal<PoolshimComments> RUNNING = new ThreadLocal<PoolshimComments>();

    /** {the text, whether it is sent for one execution only} to the text with its comment. */
    private static volatile BiFunction<Object, Object, Object> agent;

    private final Query[] queries;
    private int next; // they are sent in this order, as a rule

    /** To be told where the agent is; else there is nothing to be done with it. */
    public PoolshimComments() {
        this(new Query[0]);
    }

    private PoolshimComments(Query[] queries) {
        this.queries = queries;
    }

    @Override
    public void accept(BiFunction<Object, Object, Object> comments) {
        agent = comments;
    }

    /** This thread executes a query of a loan, or an array of them. */
    static void begin(Object query) {
        Query[] queries = query instanceof Query ? new Query[] {(Query) query} : (Query[]) query;
        RUNNING.set(new PoolshimComments(queries));
    }

    static void end() {
        RUNNING.remove();
    }

    /** The text of a COPY. */
    static String commented(String sql) {
        return (String) agent.apply(sql, true);
    }

    /**
     * What is to be sent in the place of this text.
     *
     * @param query whose it is
     * @param once whether it is sent for one execution only; else the server keeps it prepared, and its text with it
     */
    public static String commented(String sql, Object query, boolean once) {
        PoolshimComments running = RUNNING.get();
        return running != null && running.has(query) ? (String) agent.apply(sql, once) : sql;
    }

    private boolean has(Object query) {
        for (int i = 0; i < queries.length; i++) {
            int at = (next + i) % queries.length;
            if (isEndOf(queries[at], query)) {
                next = at;
                return true;
            }
        }
        return false;
    }

    /** Several statements in one text are sent one by one, and the text ends with the last one. */
    private static boolean isEndOf(Query text, Object query) {
        if (text == query) {
            return true;
        }
        Query[] parts = text.getSubqueries();
        return parts != null && parts[parts.length - 1] == query;
    }
}
