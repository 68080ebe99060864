package io.poolshim.telemetry;

import io.poolshim.session.Address;
import java.util.EnumMap;
import java.util.Map;

/** What telemetry says of where a connection leads to. */
final class ServerLabel {
    private ServerLabel() {}

    static Map<Attribute, Object> values(Address address) {
        Map<Attribute, Object> values = new EnumMap<>(Attribute.class);
        values.put(Attribute.SYSTEM, address.system());
        values.put(Attribute.NAMESPACE, address.database());
        if (address.host() != null) {
            values.put(Attribute.HOST, address.host());
        }
        if (address.port() != 0) {
            values.put(Attribute.PORT, (long) address.port());
        }
        return values;
    }
}
