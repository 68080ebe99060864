package io.poolshim.telemetry;

import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlDialect;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQueryAnalyzer;
import io.poolshim.sql.KnownSql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Texts of SQL as telemetry shows them, without literals; each is looked at once, as long as there are not too many. */
final class KnownQueries {
    private static final int MOST_KEPT = 1000; // texts
    private static final int LONGEST_KEPT = 10_000; // characters

    private static final SqlQueryAnalyzer UNKEPT = SqlQueryAnalyzer.create(true);

    private final SqlQueryAnalyzer sql = SqlQueryAnalyzer.create(true);
    private final Map<String, KnownQuery> known = new ConcurrentHashMap<>();

    KnownQueries() {
        analyze("SELECT 1"); // its classes load here, not later
    }

    KnownQuery of(String text) {
        KnownQuery query = known.get(text);
        if (query == null) {
            query = new KnownQuery(analyze(text));
            if (text.length() <= LONGEST_KEPT && known.size() < MOST_KEPT) {
                known.put(text, query);
            }
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
