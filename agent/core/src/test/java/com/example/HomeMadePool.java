package com.example;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A pool that an application brings itself, and a factory below it. */
public final class HomeMadePool {
    private HomeMadePool() {}

    /** Opens a connection, so to speak: runs this with the pool on the stack. */
    public static boolean open(BooleanSupplier driverManager) {
        return driverManager.getAsBoolean();
    }

    /** The same, with so many other calls between the pool and DriverManager. */
    public static boolean openDeeply(int calls, BooleanSupplier driverManager) {
        return Depth.call(calls, driverManager::getAsBoolean);
    }

    private static final class Depth {
        static boolean call(int calls, Supplier<Boolean> end) {
            return calls == 0 ? end.get() : call(calls - 1, end);
        }
    }
}
