package io.poolshim.command;

import java.lang.reflect.InvocationTargetException;

/** The settings as a JVM with this environment would have them. */
final class PrintedSettings {
    private PrintedSettings() {}

    static String of(String arguments) throws Trouble {
        try {
            return (String) Class.forName("io.poolshim.start.PrintSettings")
                    .getMethod("print", String.class)
                    .invoke(null, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new Trouble(String.valueOf(cause == null ? null : cause.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new Trouble("this jar cannot print settings: " + e);
        }
    }
}
