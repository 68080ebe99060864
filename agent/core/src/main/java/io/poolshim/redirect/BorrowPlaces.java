package io.poolshim.redirect;

import org.jspecify.annotations.Nullable;

/** Where the application asks for a connection, as people look for it in their code. */
public final class BorrowPlaces {
    private BorrowPlaces() {}

    /**
     * {@code com.example.Db.open:31 from com.example.OrderDao.find:42}: the innermost line of the application's own, and the
     * next one in another class, because many applications ask in one place for all. Some microseconds.
     *
     * @param caller of DriverManager, which is told if no line of the application's is found; null if not known
     */
    public static String of(@Nullable Class<?> caller) {
        StackTraceElement innermost = ApplicationCode.find();
        if (innermost == null) {
            return caller == null ? "native code" : caller.getName();
        }
        StackTraceElement outer = ApplicationCode.findOutside(outermost(innermost.getClassName()));
        return outer == null ? shown(innermost) : shown(innermost) + " from " + shown(outer);
    }

    /** The name of the method in which a lambda is written. */
    private static String written(String method) {
        int dollar = method.lastIndexOf('$');
        boolean lambda = method.startsWith("lambda$") && dollar > "lambda$".length();
        return lambda ? method.substring("lambda$".length(), dollar) : method;
    }

    /** The name of the class around nested ones. */
    static String outermost(String name) {
        int dollar = name.indexOf('$', name.lastIndexOf('.') + 2);
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static String shown(StackTraceElement frame) {
        String method = frame.getClassName() + "." + written(frame.getMethodName());
        return frame.getLineNumber() < 0 ? method : method + ":" + frame.getLineNumber();
    }
}
