package io.poolshim.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;

/** An application with an SDK that is undeployed: nothing is left but what others keep. */
final class PastApplication {
    private OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder()
                    .registerMetricReader(PeriodicMetricReader.create(new MetricsInMemory()))
                    .build())
            .build();

    private final Reference<OpenTelemetrySdk> left = new WeakReference<>(sdk);

    Measures measures(Newest newest) {
        Measures measures = MeasuresOf.of(OtelMetering.of(sdk), new Pools(), newest.next(), false, newest);
        newest.set(measures);
        return measures;
    }

    void forget() {
        sdk.close(); // its thread would keep it
        sdk = null;
    }

    boolean isCollected() {
        return left.get() == null;
    }
}
