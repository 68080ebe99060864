package io.poolshim.wrap;

import io.poolshim.session.PhysicalConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the agent wrong on purpose, to prove that its tests would notice. */
public final class Sabotage {
    private final boolean proxyOnly;
    private final boolean sharedPhysical;
    private final @Nullable Runnable foreignStatements;
    private final AtomicInteger untilForeign = new AtomicInteger(3); // after the trial on the first connection
    private volatile @Nullable PhysicalConnection last;

    /**
     * By the value of the setting {@code it.sabotage}.
     *
     * @param foreignStatements makes all statements belong to the physical connection from now on
     */
    public Sabotage(String mode, Runnable foreignStatements) {
        this.proxyOnly = "proxy-only".equals(mode);
        this.sharedPhysical = "shared-physical".equals(mode);
        this.foreignStatements = "foreign-statements".equals(mode) ? foreignStatements : null;
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
        if (foreignStatements != null && untilForeign.decrementAndGet() == 0) {
            foreignStatements.run();
        }
        if (!proxyOnly) {
            return shell;
        }
        return (Connection) Proxy.newProxyInstance(
                Sabotage.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(shell, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
