package io.poolshim.telemetry;

import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text of SQL as telemetry shows it: without literals. */
final class KnownQuery {
    private static final int LONGEST_TEXT = 16_384;

    /** What pgjdbc makes of <code>{? = call name(…)}</code>. */
    private static final Pattern CALL_OF_FUNCTION = Pattern.compile(
            "select \\* from ([^\\s(]+)\\s*\\(.*\\) as result", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    final String text;
    final @Nullable String summary;
    final @Nullable String procedure;

    /** What spans, and what metrics say of it. */
    final OnServer ofSpans = new OnServer();

    final OnServer ofMetrics = new OnServer();

    KnownQuery(SqlQuery query) {
        String whole = query.getQueryText();
        text = whole == null ? "" : whole.length() <= LONGEST_TEXT ? whole : whole.substring(0, LONGEST_TEXT);
        summary = query.getQuerySummary();
        Matcher call = CALL_OF_FUNCTION.matcher(text);
        procedure = call.matches() ? call.group(1) : query.getStoredProcedureName();
    }

    /** What a span of it is called. */
    String name(String otherwise) {
        return summary == null || summary.isEmpty() ? otherwise : summary;
    }

    /** Something that is kept of it together with a server: as a rule there is one. */
    static final class OnServer {
        private volatile @Nullable Last last;

        /** Made the first time. */
        Object get(Object server, Supplier<Object> maker) {
            Last known = last;
            if (known == null || known.server != server) {
                last = known = new Last(server, maker.get());
            }
            return known.both;
        }
    }

    private static final class Last {
        final Object server;
        final Object both;

        Last(Object server, Object both) {
            this.server = server;
            this.both = both;
        }
    }
}
