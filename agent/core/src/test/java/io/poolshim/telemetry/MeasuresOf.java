package io.poolshim.telemetry;

import io.opentelemetry.api.metrics.Meter;
import java.util.Collections;
import java.util.Map;

/** Measures with all that is observed, as at a start. */
final class MeasuresOf {
    private static final Map<String, Long> PASS_THROUGHS = Collections.singletonMap("why", 3L);

    private MeasuresOf() {}

    /** The agent's own. */
    static Measures own(Meter meter, Pools pools, boolean oldNames) {
        return of(Situation.metering(meter), pools, 0, oldNames, new Newest());
    }

    static Measures of(Metering metering, Pools pools, int age, boolean oldNames, Newest newest) {
        Measures measures = new Measures(metering, new KnownQueries(), pools, age);
        Observations observations = new Observations(metering, pools);
        observations.observePools(oldNames);
        observations.observeAgent(() -> newest.is(measures), () -> PASS_THROUGHS);
        return measures;
    }
}
