package io.poolshim.proxy;

import java.lang.reflect.Method;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement, result set or anything else that a connection has made. */
final class ObjectWrapper extends Wrapper {
    final Object original;

    /** The wrapper that gave this one: reachable from here, so that it is not taken for dropped. */
    private final @Nullable Object parent;

    private final @Nullable StatementWatch watch;

    ObjectWrapper(Loan loan, Object original, Wrappers.Origin origin) {
        super(loan);
        this.original = original;
        this.parent = origin.proxy;
        this.watch = original instanceof Statement ? new StatementWatch(loan, origin.preparedSql()) : null;
    }

    @Override
    @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean open = loan.enterObject();
        try {
            return open ? ofOpen(proxy, method, arguments) : ofEnded(method);
        } finally {
            loan.exit();
        }
    }

    private @Nullable Object ofOpen(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object token = watch == null ? null : watch.started(method.getName(), arguments);
        Object result;
        try {
            result = forward(original, method, loan.wrappers().in(arguments));
        } catch (Throwable thrown) {
            ended(token, thrown);
            throw thrown;
        }
        ended(token, null);
        if (arguments == null && method.getName().equals("close")) {
            loan.wrappers().forget(original);
        }
        return loan.wrappers().out(result, new Wrappers.Origin(proxy, original, method, arguments));
    }

    @SuppressWarnings("ReturnValueIgnored") // a function, and yet some things are only said to it
    private void ended(@Nullable Object token, @Nullable Throwable thrown) {
        if (token != null) {
            loan.agent().apply(token, thrown);
        }
    }

    private @Nullable Object ofEnded(Method method) throws Exception {
        switch (method.getName()) {
            case "close":
            case "free":
                return null;
            case "isClosed":
                return true;
            case "getConnection":
                return loan.connection();
            default:
                throw loan.failure();
        }
    }

    /** Whether the driver's objects are; a wrapper of another loan, or none, is another object. */
    @Override
    boolean isSame(Object proxy, Object other) {
        ObjectWrapper that = Wrappers.wrapper(other);
        return proxy == other || that != null && that.loan == loan && original.equals(that.original);
    }

    @Override
    int hash(Object proxy) {
        return original.hashCode();
    }

    @Override
    String describe(Object proxy) {
        boolean open = loan.enterObject();
        try {
            return open ? original.toString() : original.getClass().getName() + "@" + Integer.toHexString(hash(proxy));
        } finally {
            loan.exit();
        }
    }

    @Override
    public String toString() {
        return "wrapper of " + original.getClass().getName() + (parent == null ? "" : ", given by another");
    }
}
