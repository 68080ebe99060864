package org.postgresql.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.Query;

/** Which of the texts that a driver sends are commented. */
class PoolshimCommentsTest {
    @BeforeEach
    void install() {
        new PoolshimComments().accept((text, once) -> text + ((Boolean) once ? " once" : " kept"));
    }

    @AfterEach
    void end() {
        PoolshimComments.end();
    }

    private static Query query(Query... parts) {
        return (Query) Proxy.newProxyInstance(
                Query.class.getClassLoader(),
                new Class<?>[] {Query.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getSubqueries") && parts.length > 0 ? parts : null);
    }

    private static String sent(Query query) {
        return PoolshimComments.commented("text", query, true);
    }

    @Test
    void query_isCommentedWhileItsLoanExecutesIt() {
        Query query = query();
        assertEquals("text", sent(query), "of nobody");
        PoolshimComments.begin(query);
        assertEquals("text once", sent(query));
        assertEquals("text kept", PoolshimComments.commented("text", query, false));
        PoolshimComments.end();
        assertEquals("text", sent(query));
    }

    @Test
    void queryThatTheDriverSendsAlong_isNotCommented() {
        PoolshimComments.begin(query());
        assertEquals("text", sent(query()), "BEGIN");
    }

    @Test
    void queryOfAnotherThread_isNotCommented() throws Exception {
        Query query = query();
        PoolshimComments.begin(query);
        java.util.concurrent.FutureTask<String> other = new java.util.concurrent.FutureTask<>(() -> sent(query));
        new Thread(other).start();
        assertEquals("text", other.get());
    }

    @Test
    void textOfSeveral_isCommentedAtItsEndOnly() {
        Query first = query();
        Query last = query();
        PoolshimComments.begin(query(first, last));
        assertEquals("text", sent(first));
        assertEquals("text once", sent(last));
    }

    @Test
    void batch_isCommentedInAnyOrder() {
        Query[] batch = {query(), query(query(), query()), query()};
        PoolshimComments.begin(batch);
        assertEquals("text once", sent(batch[0]));
        assertEquals("text", sent(batch[1].getSubqueries()[0]));
        assertEquals("text once", sent(batch[1].getSubqueries()[1]));
        assertEquals("text once", sent(batch[2]));
        assertEquals("text once", sent(batch[0]), "executed again");
        assertEquals("text", sent(query()));
    }

    @Test
    void emptyBatch_hasNothing() {
        PoolshimComments.begin(new Query[0]);
        assertEquals("text", sent(query()));
    }

    @Test
    void copy_isCommented() {
        assertEquals("COPY t TO STDOUT once", PoolshimComments.commented("COPY t TO STDOUT"));
    }
}
