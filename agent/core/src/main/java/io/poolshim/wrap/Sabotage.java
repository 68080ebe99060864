package io.poolshim.wrap;

import io.poolshim.session.PhysicalConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** Makes the agent wrong on purpose, to prove that its tests would notice. */
public final class Sabotage {
    private final boolean proxyOnly;
    private final boolean sharedPhysical;
    private volatile PhysicalConnection last;

    /** By the value of the setting {@code it.sabotage}. */
    public Sabotage(String mode) {
        proxyOnly = "proxy-only".equals(mode);
        sharedPhysical = "shared-physical".equals(mode);
    }

    PhysicalConnection physical(PhysicalConnection borrowed) {
        if (!sharedPhysical) {
            return borrowed;
        }
        PhysicalConnection shared = last;
        last = borrowed;
        return shared != null && shared.isUsable(0) ? shared : borrowed;
    }

    Connection connection(Connection shell) {
        if (!proxyOnly) {
            return shell;
        }
        return (Connection) Proxy.newProxyInstance(
                Sabotage.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(shell, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
