package io.poolshim.proxy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands behind the interfaces that the application sees of one object of the driver. */
abstract class Wrapper implements InvocationHandler {
    final Loan loan;

    Wrapper(Loan loan) {
        this.loan = loan;
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.getDeclaringClass() == Object.class
                    ? ofObject(proxy, method.getName(), arguments)
                    : call(proxy, method, arguments);
        } catch (SQLException e) {
            throw declared(method, e);
        }
    }

    private Object ofObject(Object proxy, String name, Object @Nullable [] arguments) {
        switch (name) {
            case "equals":
                return isSame(proxy, Objects.requireNonNull(arguments)[0]);
            case "hashCode":
                return hash(proxy);
            default:
                return describe(proxy);
        }
    }

    abstract @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable;

    abstract boolean isSame(Object proxy, Object other);

    abstract int hash(Object proxy);

    abstract String describe(Object proxy);

    static @Nullable Object forward(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** A proxy must not throw what its method does not declare. */
    private static Exception declared(Method method, SQLException thrown) {
        boolean asClientInfo = false;
        for (Class<?> type : method.getExceptionTypes()) {
            if (type.isInstance(thrown)) {
                return thrown;
            }
            asClientInfo |= type == SQLClientInfoException.class;
        }
        return asClientInfo
                ? new SQLClientInfoException(
                        thrown.getMessage(),
                        thrown.getSQLState(),
                        thrown.getErrorCode(),
                        Collections.emptyMap(),
                        thrown)
                : new IllegalStateException(thrown.getMessage(), thrown);
    }
}
