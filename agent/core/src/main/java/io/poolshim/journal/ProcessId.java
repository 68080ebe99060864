package io.poolshim.journal;

import java.lang.management.ManagementFactory;

/** The number of this process, as the operating system knows it. */
final class ProcessId {
    private ProcessId() {}

    static String get() {
        try { // from Java 9 on
            Class<?> type = Class.forName("java.lang.ProcessHandle");
            Object current = type.getMethod("current").invoke(null);
            return String.valueOf(type.getMethod("pid").invoke(current));
        } catch (ReflectiveOperationException java8) {
            return ManagementFactory.getRuntimeMXBean().getName().replaceFirst("@.*", "");
        }
    }
}
