package io.poolshim.telemetry;

import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlDialect;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQueryAnalyzer;
import io.poolshim.sql.KnownSql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Texts of SQL as telemetry shows them; each is looked at once, until there are too many. */
final class KnownQueries {
    private static final long MOST_CHARACTERS = 1_000_000; // of all texts kept, as they came
    private static final int LONGEST_KEPT = 20_000;
    private static final int OF_ITSELF = 200; // what an entry takes beside its texts

    private static final SqlQueryAnalyzer UNKEPT = SqlQueryAnalyzer.create(true);

    private final SqlQueryAnalyzer sql = SqlQueryAnalyzer.create(true);
    private final Map<String, KnownQuery> known = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();

    KnownQueries() {
        analyze("SELECT 1"); // its classes load here, not later
    }

    KnownQuery of(String text) {
        KnownQuery query = known.get(text);
        return query != null ? query : look(text);
    }

    private KnownQuery look(String text) {
        KnownQuery query = new KnownQuery(analyze(text));
        if (text.length() <= LONGEST_KEPT) {
            int size = OF_ITSELF + text.length();
            if (kept.addAndGet(size) > MOST_CHARACTERS) {
                known.clear();
                kept.set(size);
            }
            known.put(text, query);
        }
        return query;
    }

    /** The library's own sanitiser does not know PostgreSQL's E'' and U&'' strings, nor drops comments. */
    private SqlQuery analyze(String text) {
        return sql.analyzeWithSummary(KnownSql.withoutLiterals(text), SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS);
    }

    /** The same without a summary, for whoever keeps texts himself. */
    static String withoutLiterals(String text) {
        String shown = UNKEPT.analyze(KnownSql.withoutLiterals(text), SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS)
                .getQueryText();
        return shown == null ? "" : shown;
    }
}
