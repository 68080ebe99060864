package io.poolshim.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.redirect.CallSites;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What other OpenTelemetry there is in the JVM, and what telemetry follows from that. */
final class Situation {
    private final Config config;
    private final Pools pools;
    private final Supplier<Map<String, Long>> passThroughs;
    private final OtelSettings settings = new OtelSettings();
    private final CallSites sites;
    private final boolean joins;
    private final @Nullable ThreadLocal<String @Nullable []> ofThread;

    /** {@code ofThread}: see {@link SpanTelemetry}. */
    Situation(
            Config config,
            Pools pools,
            Supplier<Map<String, Long>> passThroughs,
            CallSites sites,
            @Nullable ThreadLocal<String @Nullable []> ofThread) {
        this.config = config;
        this.pools = pools;
        this.passThroughs = passThroughs;
        this.sites = sites;
        this.ofThread = ofThread;
        this.joins = config.is(Settings.TELEMETRY, "auto");
    }

    Telemetry start() {
        OpenTelemetry javaAgent = joins ? JavaAgent.find() : null;
        return javaAgent != null ? inJavaAgent(javaAgent) : own();
    }

    private Telemetry inJavaAgent(OpenTelemetry javaAgent) {
        SpanSettings wanted = wanted(JavaAgent.tracesQueries(settings));
        KnownQueries queries = new KnownQueries();
        Spans spans = new Spans(new OtelTracing(javaAgent.getTracerProvider(), null), wanted, queries);
        return with(caller -> spans, (time, unit) -> {}, javaAgent, queries);
    }

    private Telemetry own() {
        OwnSdk own = new OwnSdk(settings);
        SpanSettings wanted = wanted(false);
        KnownQueries queries = new KnownQueries();
        Spans spans = new Spans(new OtelTracing(own.sdk.getTracerProvider(), null), wanted, queries);
        Function<@Nullable Class<?>, Spans> ofCaller = joins
                ? new ApplicationSpans(
                        spans,
                        // each with texts of its own: with them attributes are kept, which are the application's
                        // objects
                        tracing -> new Spans(tracing, wanted, new KnownQueries()),
                        link -> new OtelTracing(own.sdk.getTracerProvider(), link::active))
                : caller -> spans;
        return with(ofCaller, own::shutdown, own.sdk, queries);
    }

    private SpanSettings wanted(boolean queriesByOthers) {
        return new SpanSettings(config, sites, queriesByOthers, oldNames());
    }

    private boolean oldNames() {
        return settings.lists("otel.semconv-stability.opt-in", "database/dup");
    }

    private Telemetry with(
            Function<@Nullable Class<?>, Spans> spans,
            BiConsumer<Long, TimeUnit> shutdown,
            OpenTelemetry metrics,
            KnownQueries queries) {
        return MetricTelemetry.beside(
                new SpanTelemetry(spans, shutdown, ofThread),
                metrics.getMeter("io.poolshim"),
                queries,
                pools,
                passThroughs,
                oldNames());
    }
}
