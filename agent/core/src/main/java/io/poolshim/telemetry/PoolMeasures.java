package io.poolshim.telemetry;

/** A pool's sets of attributes in the API that its metrics go through. */
final class PoolMeasures {
    final Measures measures;
    final Object attributes;
    final Object committed;
    final Object rolledBack;

    PoolMeasures(Measures measures, Metering metering, PoolLabel label) {
        this.measures = measures;
        this.attributes = metering.attributes(label.values());
        this.committed = metering.with(attributes, Attribute.OUTCOME, "commit");
        this.rolledBack = metering.with(attributes, Attribute.OUTCOME, "rollback");
    }
}
