package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import org.jspecify.annotations.Nullable;

/** A text of SQL as telemetry shows it. */
final class KnownQuery {
    final SqlQuery query;
    private volatile @Nullable OnServer last; // as a rule there is one server

    private static final class OnServer {
        final Attributes server;
        final Attributes both;

        OnServer(Attributes server, Attributes both) {
            this.server = server;
            this.both = both;
        }
    }

    KnownQuery(SqlQuery query) {
        this.query = query;
    }

    /** The server's attributes and the query's summary. */
    Attributes on(Attributes server) {
        OnServer known = last;
        if (known == null || known.server != server) {
            known = new OnServer(
                    server,
                    server.toBuilder()
                            .put(Names.SUMMARY, query.getQuerySummary())
                            .build());
            last = known;
        }
        return known.both;
    }
}
