package io.poolshim.telemetry;

import org.jspecify.annotations.Nullable;

/** Makes metrics that go to an application's SDK. */
interface ApplicationMetrics {
    /**
     * Those through what the application has set; null if it has no metrics.
     *
     * @param queries the texts of its spans, each of which is looked at once for both
     */
    @Nullable Measures of(ApplicationLink link, Object global, KnownQueries queries);
}
