package io.poolshim.telemetry;

import io.poolshim.log.Log;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spans for classes that see an OpenTelemetry API of their own, or none. As soon as the application has set its SDK
 * globally, they are that SDK's. Until then, and if it never does, they are those of the agent's, and children of the
 * application's active span all the same.
 */
final class ApplicationSpans implements Function<@Nullable Class<?>, Spans> {
    private static final String API = "io.opentelemetry.api.GlobalOpenTelemetry";

    private final Spans own;
    private final Function<Tracing, Spans> spans;
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
     * Spans by caller.
     *
     * @param own the agent's own spans, for who has no OpenTelemetry
     * @param spans makes spans of a way to make them
     * @param ownWithParents a way to make the agent's own, with the spans that are active in another API as parents
     */
    ApplicationSpans(Spans own, Function<Tracing, Spans> spans, Function<ApplicationLink, Tracing> ownWithParents) {
        this.own = own;
        this.spans = spans;
        this.ownWithParents = ownWithParents;
    }

    @Override
    public Spans apply(@Nullable Class<?> caller) {
        return caller == null ? own : ofCallers.get(caller).spans();
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
        private final Spans before; // it was set
        private volatile @Nullable Set set;

        Api(@Nullable ApplicationLink link) {
            this.link = link;
            this.before = link == null ? own : spans.apply(ownWithParents.apply(link));
        }

        Spans spans() {
            if (link == null) {
                return before;
            }
            Object global = link.global();
            if (global == null) {
                return before;
            }
            Set known = set;
            if (known == null || known.global != global) {
                set = known = new Set(global, spans.apply(link.tracing(global)));
            }
            return known.spans;
        }
    }

    /** What an application has set, and its spans. */
    private static final class Set {
        final Object global;
        final Spans spans;

        Set(Object global, Spans spans) {
            this.global = global;
            this.spans = spans;
        }
    }
}
