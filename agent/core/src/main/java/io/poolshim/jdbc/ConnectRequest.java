package io.poolshim.jdbc;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One call of {@code DriverManager.getConnection} as its private method sees it. */
public final class ConnectRequest {
    private final @Nullable String url;
    private final @Nullable Properties info;
    private final @Nullable Class<?> caller;

    /**
     * A request.
     *
     * @param url the URL; may be null, as DriverManager itself refuses that
     * @param info the properties as the application gave them; may be null
     * @param caller the class that called DriverManager; null for native callers
     */
    public ConnectRequest(@Nullable String url, @Nullable Properties info, @Nullable Class<?> caller) {
        this.url = url;
        this.info = info;
        this.caller = caller;
    }

    /** Asked for only after the redirector has seen that there is one, and by the redirector itself. */
    @SuppressWarnings("NullAway")
    public String url() {
        return url;
    }

    public @Nullable Properties info() {
        return info;
    }

    public @Nullable Class<?> caller() {
        return caller;
    }

    /** The same request with other properties. */
    public ConnectRequest with(Properties other) {
        return new ConnectRequest(url, other, caller);
    }

    /** Whether the properties or the URL give this connection property. */
    public boolean gives(String property) {
        return value(property) != null;
    }

    /** The text of a connection property; null if it is not given. The URL wins, as in pgjdbc. */
    public @Nullable String value(String property) {
        String inUrl = JdbcUrl.parameter(url(), property);
        return inUrl != null || info == null ? inUrl : info.getProperty(property);
    }

    /** The same request by a class that opens connections for others. */
    public ConnectRequest onBehalfOf(Class<?> otherCaller) {
        return new ConnectRequest(url, info, otherCaller);
    }

    /** The same request with a copy of its properties, the defaults among them included. */
    public ConnectRequest withCopiedInfo() {
        if (info == null) {
            return this;
        }
        Properties copy = new Properties();
        for (String name : info.stringPropertyNames()) {
            copy.setProperty(name, info.getProperty(name));
        }
        return with(copy);
    }

    /** The loader by which DriverManager decides which drivers this caller may use. */
    public ClassLoader driverLoader() {
        return caller != null && isDriverLoaderFixed()
                ? caller.getClassLoader()
                : Thread.currentThread().getContextClassLoader();
    }

    /** Whether that loader is the caller's own, and not the one the thread happens to have. */
    public boolean isDriverLoaderFixed() {
        return caller != null && caller.getClassLoader() != null && caller.getClassLoader() != Platform.LOADER;
    }

    /** The name of the calling class, for logs. */
    public String callerName() {
        return caller == null ? "native code" : caller.getName();
    }

    @Override
    public String toString() {
        return JdbcUrl.redact(url()) + " for " + callerName();
    }

    private static final class Platform {
        /** From Java 9 on callers in the platform loader use the context loader, too; null on Java 8. */
        static final @Nullable ClassLoader LOADER = find();

        private static @Nullable ClassLoader find() {
            try {
                return (ClassLoader)
                        ClassLoader.class.getMethod("getPlatformClassLoader").invoke(null);
            } catch (ReflectiveOperationException java8) {
                return null;
            }
        }
    }
}
