package io.poolshim.proxy;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The connection that a borrower sees. */
final class ConnectionWrapper extends Wrapper {
    ConnectionWrapper(Loan loan) {
        super(loan);
    }

    @Override
    @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        int count = arguments == null ? 0 : arguments.length;
        if (count == 0 && method.getName().equals("close")) {
            loan.close();
            return null;
        }
        if (count == 0 && method.getName().equals("isClosed")) {
            return loan.isClosed();
        }
        if (count == 1 && method.getName().equals("abort")) {
            loan.abort((Executor) Objects.requireNonNull(arguments)[0]);
            return null;
        }
        Connection connection = loan.enter();
        try {
            return connection == null
                    ? ofClosed(proxy, method, arguments)
                    : ofOpen(connection, proxy, method, arguments);
        } finally {
            loan.exit();
        }
    }

    private @Nullable Object ofOpen(Connection connection, Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        loan.watch(method);
        Object result = forward(connection, method, loan.wrappers().in(arguments));
        return loan.wrappers().out(result, new Wrappers.Origin(proxy, connection, method, arguments));
    }

    private @Nullable Object ofClosed(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Connection closed = loan.tombstone();
        Object result = forward(closed, method, arguments);
        return result == closed && new Wrappers.Origin(proxy, closed, method, arguments).mayReturn(proxy)
                ? proxy
                : result;
    }

    @Override
    boolean isSame(Object proxy, Object other) {
        return proxy == other;
    }

    @Override
    int hash(Object proxy) {
        return System.identityHashCode(proxy);
    }

    /** As the driver says it; if that is what every object says, then with a number of the wrapper's own. */
    @Override
    String describe(Object proxy) {
        Connection connection = loan.enter();
        try {
            Connection described = connection == null ? loan.tombstone() : connection;
            String type = described.getClass().getName();
            String text = described.toString();
            return text.startsWith(type + "@") ? type + "@" + Integer.toHexString(hash(proxy)) : text;
        } catch (SQLException noTombstone) {
            return Connection.class.getName() + "@" + Integer.toHexString(hash(proxy));
        } finally {
            loan.exit();
        }
    }
}
