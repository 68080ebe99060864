package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.poolshim.session.PostgresProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.v3.QueryExecutorImpl;
import org.postgresql.jdbc.PgConnection;

/** Where comments get into what a driver sends, and that there is nothing of them while nobody asks for any. */
class SentTextWeaverTest {
    private static final String COMMENTS = "org/postgresql/jdbc/PoolshimComments";
    private static final String TYPES =
            "(Lorg/postgresql/core/v3/SimpleQuery;Lorg/postgresql/core/v3/SimpleParameterList;";

    @Test
    void woven_asksWhereTextsAreSent() throws IOException {
        byte[] woven = SentTextWeaver.woven(Bytes.of(QueryExecutorImpl.class), COMMENTS);
        assertEquals(
                new TreeSet<>(Arrays.asList("sendParse" + TYPES + "Z)V", "sendSimpleQuery" + TYPES + ")V")),
                Bytes.callers(woven, COMMENTS, "commented"));
    }

    @Test
    void woven_isNothingForAClassThatSendsInAnotherWay() throws IOException {
        assertNull(SentTextWeaver.woven(Bytes.of(PgConnection.class), COMMENTS));
    }

    @Test
    void transform_changesOnlyWhatIsToBeWoven() throws IOException {
        SentTextWeaver weaver = new SentTextWeaver();
        String name = "org/postgresql/core/v3/QueryExecutorImpl";
        byte[] original = Bytes.of(QueryExecutorImpl.class);
        assertNull(weaver.transform(null, name, QueryExecutorImpl.class, null, original), "not asked yet");
        weaver.weave(QueryExecutorImpl.class, COMMENTS.replace('/', '.'));
        assertNotNull(weaver.transform(null, name, QueryExecutorImpl.class, null, original));
        assertNull(weaver.transform(null, name, null, null, original), "another loader's, being loaded");
        weaver.forget(QueryExecutorImpl.class);
        assertNull(weaver.transform(null, name, QueryExecutorImpl.class, null, original));
    }

    @Test
    void executor_namesCommentsOnlyIfThereAreAny() {
        byte[] without = ExecutorGenerator.generate(new PostgresProfile(), QueryExecutor.class, false);
        byte[] with = ExecutorGenerator.generate(new PostgresProfile(), QueryExecutor.class, true);
        for (String called : Arrays.asList("begin", "end", "commented")) {
            assertEquals(Collections.emptySet(), Bytes.callers(without, COMMENTS, called));
        }
        TreeSet<String> executing = new TreeSet<>(Bytes.callers(with, COMMENTS, "begin"));
        assertEquals(executing, Bytes.callers(with, COMMENTS, "end"));
        executing.removeIf(method -> method.startsWith("execute("));
        assertEquals(Collections.emptySet(), executing);
        assertEquals(
                Collections.singleton("startCopy(Ljava/lang/String;Z)Lorg/postgresql/copy/CopyOperation;"),
                Bytes.callers(with, COMMENTS, "commented"));
    }
}
