package io.poolshim.telemetry;

import io.poolshim.session.Address;

/** A server's sets of attributes in the API that metrics go through. */
final class ServerMeasures {
    final Object attributes;
    final Object fetch;

    ServerMeasures(Metering metering, Address address) {
        this.attributes = metering.attributes(ServerLabel.values(address));
        this.fetch = metering.with(attributes, Attribute.OPERATION, "FETCH");
    }
}
