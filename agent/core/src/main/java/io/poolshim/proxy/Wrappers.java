package io.poolshim.proxy;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wrappers of one loan: the same one for the same object, as long as the application has it. */
final class Wrappers {
    /** Where an object comes from: the wrapper, and what stands behind it, of which a method was called. */
    static final class Origin {
        final Object proxy;
        private final Object original;
        private final Method method;
        private final Object @Nullable [] arguments;

        Origin(Object proxy, Object original, Method method, Object @Nullable [] arguments) {
            this.proxy = proxy;
            this.original = original;
            this.method = method;
            this.arguments = arguments;
        }

        /** Whether the method, or the class it was asked for, such as by unwrap, has room for this object. */
        boolean mayReturn(Object candidate) {
            Object last = arguments == null ? null : arguments[arguments.length - 1];
            return method.getReturnType().isInstance(candidate)
                    && (!(last instanceof Class) || ((Class<?>) last).isInstance(candidate));
        }

        boolean isGetConnection() {
            return arguments == null && method.getName().equals("getConnection");
        }

        @Nullable String preparedSql() {
            return method.getName().startsWith("prepare") && arguments != null && arguments[0] instanceof String
                    ? (String) arguments[0]
                    : null;
        }

        /** Whether the object was made for the caller, so that nobody can get at it again once its wrapper is gone. */
        boolean made(Object value) {
            return value instanceof Statement && original instanceof Connection
                    || value instanceof ResultSet && original instanceof DatabaseMetaData;
        }
    }

    private static final class Known extends WeakReference<Object> {
        final Object original;
        volatile boolean toBeClosed;

        Known(Object proxy, Object original, boolean toBeClosed, ReferenceQueue<Object> dropped) {
            super(proxy, dropped);
            this.original = original;
            this.toBeClosed = toBeClosed;
        }

        boolean close() {
            try {
                if (toBeClosed) {
                    ((AutoCloseable) original).close();
                }
                return true;
            } catch (Exception | LinkageError e) {
                return false;
            }
        }
    }

    private final Loan loan;
    private final IdentityHashMap<Object, Known> known = new IdentityHashMap<>();
    private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();

    Wrappers(Loan loan) {
        this.loan = loan;
    }

    /** The wrapper behind a proxy; null for any other object. */
    static @Nullable ObjectWrapper wrapper(@Nullable Object candidate) {
        if (candidate == null || !Proxy.isProxyClass(candidate.getClass())) {
            return null;
        }
        InvocationHandler handler = Proxy.getInvocationHandler(candidate);
        return handler instanceof ObjectWrapper ? (ObjectWrapper) handler : null;
    }

    /** Arguments as the driver knows them. What another loan has wrapped stays so: its connection may be somebody's. */
    Object @Nullable [] in(Object @Nullable [] arguments) {
        if (arguments == null) {
            return null;
        }
        Object[] unwrapped = arguments;
        for (int i = 0; i < arguments.length; i++) {
            Object plain = in(arguments[i]);
            if (plain != arguments[i]) {
                unwrapped = unwrapped == arguments ? arguments.clone() : unwrapped;
                unwrapped[i] = plain;
            }
        }
        return unwrapped;
    }

    private @Nullable Object in(@Nullable Object argument) {
        if (argument instanceof Object[]) {
            return in((Object[]) argument);
        }
        ObjectWrapper wrapper = wrapper(argument);
        return wrapper != null && wrapper.loan == loan ? wrapper.original : argument;
    }

    /** A result as the application is to see it. */
    @SuppressWarnings("NullAway") // null is harmless
    @Nullable Object out(@Nullable Object value, Origin origin) {
        if (Values.isHarmless(value)) {
            return value;
        }
        if (value instanceof Object[]) {
            return elements((Object[]) value, origin);
        }
        Object proxy = loan.isPhysical(value) || value instanceof Connection && origin.isGetConnection()
                ? loan.connection()
                : Values.isWrapped(value) ? wrap(value, origin) : null;
        if (proxy != null && origin.mayReturn(proxy)) {
            return proxy;
        }
        loan.taint(value.getClass().getName()); // the application has something that outlives the loan
        return value;
    }

    private Object elements(Object[] values, Origin origin) {
        for (Object value : values) {
            if (!Values.isHarmless(value)) {
                return wrapElements(values, origin);
            }
        }
        return values;
    }

    private Object[] wrapElements(Object[] values, Origin origin) {
        Object[] wrapped = values.clone();
        for (int i = 0; i < values.length; i++) {
            Object proxy = Values.isWrapped(values[i]) ? wrap(values[i], origin) : values[i];
            boolean fits = values.getClass().getComponentType().isInstance(proxy);
            wrapped[i] = fits ? proxy : values[i];
            if (wrapped[i] == values[i] && !Values.isHarmless(values[i])) {
                loan.taint(values[i].getClass().getName());
            }
        }
        return wrapped;
    }

    private Object wrap(Object original, Origin origin) {
        closeDropped();
        synchronized (known) {
            Known entry = known.get(original);
            Object proxy = entry == null ? null : entry.get();
            if (proxy == null) {
                Class<?> type = original.getClass();
                proxy = Proxy.newProxyInstance(
                        Interfaces.loader(type), Interfaces.of(type), new ObjectWrapper(loan, original, origin));
                known.put(original, new Known(proxy, original, origin.made(original), dropped));
            }
            return proxy;
        }
    }

    /** The application has closed it. */
    void forget(Object original) {
        synchronized (known) {
            Known entry = known.get(original);
            if (entry != null) {
                entry.toBeClosed = false;
            }
        }
    }

    /** Statements that became unreachable without being closed would stay open on the server for good. */
    private void closeDropped() {
        for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            Known entry = (Known) gone;
            boolean last;
            synchronized (known) {
                last = known.remove(entry.original, entry);
            }
            if (last && !entry.close()) {
                loan.taint("close");
            }
        }
    }

    /** Closes what was made for the application, as the end of the connection would have; false if that fails. */
    boolean close() {
        List<Known> open;
        synchronized (known) {
            open = new ArrayList<>(known.values());
            known.clear();
        }
        boolean closed = true;
        for (Known entry : open) {
            closed &= entry.close();
        }
        return closed;
    }
}
