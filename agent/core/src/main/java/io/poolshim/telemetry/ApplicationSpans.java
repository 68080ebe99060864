package io.poolshim.telemetry;

import io.poolshim.log.Log;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spans and metrics for classes that see an OpenTelemetry API of their own, or none. As soon as the application has set its
 * SDK globally, they are that SDK's. Until then, and if it never does, they are those of the agent's, and spans are
 * children of the application's active span all the same.
 */
final class ApplicationSpans implements Function<@Nullable Class<?>, Spans> {
    private static final String API = "io.opentelemetry.api.GlobalOpenTelemetry";

    private final Joined own;
    private final Function<Tracing, Joined> spans;
    private final ApplicationMetrics metrics;
    private final Function<ApplicationLink, Tracing> ownWithParents;

    /** By the class that looks for the API. */
    private final ClassValue<Api> ofCallers = new ClassValue<Api>() {
        @Override
        protected Api computeValue(Class<?> caller) {
            Class<?> api = api(caller.getClassLoader());
            return api == null ? new Api(null) : ofApis.get(api);
        }
    };

    /** By the API's own class: one for all callers that see the same. */
    private final ClassValue<Api> ofApis = new ClassValue<Api>() {
        @Override
        protected Api computeValue(Class<?> api) {
            ApplicationLink link = LinkLoader.link(api.getClassLoader());
            if (link == null) {
                Log.once(
                        Log.Level.WARN,
                        "spans do not join those of the application, the version of its OpenTelemetry API is not known");
            }
            return new Api(link);
        }
    };

    /**
     * Spans and metrics by caller.
     *
     * @param own the agent's own spans, for who has no OpenTelemetry
     * @param spans makes spans of a way to make them
     * @param metrics makes metrics through what an application has set
     * @param ownWithParents a way to make the agent's own, with the spans that are active in another API as parents
     */
    ApplicationSpans(
            Spans own,
            Function<Tracing, Spans> spans,
            ApplicationMetrics metrics,
            Function<ApplicationLink, Tracing> ownWithParents) {
        this.own = new Joined(own);
        this.spans = tracing -> new Joined(spans.apply(tracing));
        this.metrics = metrics;
        this.ownWithParents = ownWithParents;
    }

    @Override
    public Spans apply(@Nullable Class<?> caller) {
        return joined(caller).spans;
    }

    /** Those of the caller's application; null if it has none. */
    @Nullable Measures measures(@Nullable Class<?> caller) {
        return joined(caller).measures;
    }

    private Joined joined(@Nullable Class<?> caller) {
        return caller == null ? own : ofCallers.get(caller).joined();
    }

    private static @Nullable Class<?> api(@Nullable ClassLoader loader) {
        try {
            Class<?> api = Class.forName(API, false, loader);
            return api.getClassLoader() == null ? null : api;
        } catch (ClassNotFoundException | LinkageError none) {
            return null;
        }
    }

    private final class Api {
        private final @Nullable ApplicationLink link;
        private final Joined before; // it was set
        private final AtomicReference<@Nullable Set> set = new AtomicReference<>();

        Api(@Nullable ApplicationLink link) {
            this.link = link;
            this.before = link == null ? own : spans.apply(ownWithParents.apply(link));
        }

        Joined joined() {
            if (link == null) {
                return before;
            }
            Object global = link.global();
            if (global == null) {
                return before;
            }
            Set known = set.get();
            return known != null && known.global == global ? known.joined : join(link, known, global);
        }

        /** One thread makes metrics, which must not be there twice; nobody waits for it. */
        private Joined join(ApplicationLink link, @Nullable Set known, Object global) {
            Set now = new Set(global, spans.apply(link.tracing(global)));
            if (set.compareAndSet(known, now)) {
                now.joined.measures = metrics.of(link, global, now.joined.spans.queries);
            }
            return now.joined;
        }
    }

    /** What an application has set, and what is joined with it. */
    private static final class Set {
        final Object global;
        final Joined joined;

        Set(Object global, Joined joined) {
            this.global = global;
            this.joined = joined;
        }
    }
}
