package io.poolshim.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.incubator.metrics.ExtendedDoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import io.poolshim.redirect.CallSites;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What other OpenTelemetry there is in the JVM, and what telemetry follows from that. */
final class Situation {
    private final Config config;
    private final Pools pools;
    private final Supplier<Map<String, Long>> passThroughs;
    private final OtelSettings settings = new OtelSettings();
    private final CallSites sites;
    private final Newest newest = new Newest();
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
        return MetricTelemetry.beside(
                new SpanTelemetry(caller -> spans, (time, unit) -> {}, ofThread), own(javaAgent, queries), null);
    }

    private Telemetry own() {
        OwnSdk own = new OwnSdk(settings);
        SpanSettings wanted = wanted(false);
        KnownQueries queries = new KnownQueries();
        Spans spans = new Spans(new OtelTracing(own.sdk.getTracerProvider(), null), wanted, queries);
        Measures measures = own(own.sdk, queries);
        if (!joins) {
            return MetricTelemetry.beside(new SpanTelemetry(caller -> spans, own::shutdown, ofThread), measures, null);
        }
        ApplicationSpans applications = new ApplicationSpans(
                spans,
                // each with texts of its own: with them attributes are kept, which are the application's objects
                tracing -> new Spans(tracing, wanted, new KnownQueries()),
                this::ofApplication,
                link -> new OtelTracing(own.sdk.getTracerProvider(), link::active));
        return MetricTelemetry.beside(
                new SpanTelemetry(applications, own::shutdown, ofThread), measures, applications::measures);
    }

    private SpanSettings wanted(boolean queriesByOthers) {
        return new SpanSettings(config, sites, queriesByOthers, oldNames());
    }

    private boolean oldNames() {
        return settings.lists("otel.semconv-stability.opt-in", "database/dup");
    }

    private Measures own(OpenTelemetry through, KnownQueries queries) {
        return observed(metering(through.getMeter("io.poolshim")), queries, pools, 0);
    }

    /** Nothing is computed for a meter that nobody reads. */
    static Metering metering(Meter meter) {
        DoubleHistogram probe = meter.histogramBuilder("poolshim.probe").build();
        boolean off = probe instanceof ExtendedDoubleHistogram && !((ExtendedDoubleHistogram) probe).isEnabled();
        return off ? Metering.NONE : new OtelMetering(meter);
    }

    private @Nullable Measures ofApplication(ApplicationLink link, Object global, KnownQueries queries) {
        try {
            Metering metering = link.metering(global);
            if (metering == null) {
                return null;
            }
            Measures measures = observed(metering, queries, new Pools(), newest.next());
            newest.set(measures);
            return measures;
        } catch (RuntimeException | LinkageError e) {
            Log.debug("metrics do not go to the application's OpenTelemetry SDK: " + e);
            return null;
        }
    }

    private Measures observed(Metering metering, KnownQueries queries, Pools told, int age) {
        Measures measures = new Measures(metering, queries, told, age);
        Observations observations = new Observations(metering, told);
        observations.observePools(oldNames());
        observations.observeAgent(() -> newest.is(measures), passThroughs);
        return measures;
    }
}
