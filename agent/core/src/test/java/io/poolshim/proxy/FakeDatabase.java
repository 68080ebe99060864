package io.poolshim.proxy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A driver that does what it is told to, and writes down what is asked of it. */
final class FakeDatabase {
    /** What only this driver's connections have. */
    public interface Extra {
        Object extra();
    }

    interface Answer {
        Object to(Object self, Object[] arguments) throws Throwable;
    }

    /** {@code Statement.execute} and the like, of everything that the driver has made. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Object> attributes = Collections.synchronizedMap(new HashMap<>());
    final Connection connection = make(Connection.class, Extra.class);

    FakeDatabase() {
        attributes.put("AutoCommit", true);
        attributes.put("ReadOnly", false);
        attributes.put("TransactionIsolation", 2);
        attributes.put("Holdability", 1);
        attributes.put("Catalog", "main");
        attributes.put("Schema", "public");
        attributes.put("NetworkTimeout", 0);
        attributes.put("Closed", false);
        answer("Connection.createStatement", (self, arguments) -> {
            if ((Boolean) attributes.get("Closed")) {
                throw new SQLException("closed for good", "08003", 7);
            }
            return make(Statement.class);
        });
        answer("Connection.getMetaData", (self, arguments) -> make(DatabaseMetaData.class));
        answer("Connection.setSavepoint", (self, arguments) -> make(Savepoint.class));
        answer("Connection.createBlob", (self, arguments) -> make(Blob.class));
        answer("Connection.isValid", (self, arguments) -> true);
        answer("Connection.getTypeMap", (self, arguments) -> new HashMap<String, Class<?>>());
        answer("Connection.getClientInfo", (self, arguments) -> new java.util.Properties());
        answer("Statement.getConnection", (self, arguments) -> connection);
        answer("DatabaseMetaData.getConnection", (self, arguments) -> connection);
        answer("Statement.executeQuery", (self, arguments) -> make(ResultSet.class));
        answer("DatabaseMetaData.getTables", (self, arguments) -> make(ResultSet.class));
        answer("Connection.close", (self, arguments) -> attributes.put("Closed", true));
        answer("Connection.abort", (self, arguments) -> attributes.put("Closed", true));
    }

    void answer(String method, Answer answer) {
        answers.put(method, answer);
    }

    void fail(String method, Throwable failure) {
        answer(method, (self, arguments) -> {
            throw failure;
        });
    }

    Object attribute(String name) {
        return attributes.get(name);
    }

    void attribute(String name, Object value) {
        attributes.put(name, value);
    }

    /** An object of the driver. */
    @SuppressWarnings("unchecked")
    <T> T make(Class<T> type, Class<?>... more) {
        Class<?>[] all = new Class<?>[more.length + 1];
        all[0] = type;
        System.arraycopy(more, 0, all, 1, more.length);
        return (T) Proxy.newProxyInstance(
                FakeDatabase.class.getClassLoader(),
                all,
                (self, method, arguments) -> invoke(type.getSimpleName(), self, method, arguments));
    }

    private Object invoke(String type, Object self, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(type, self, name, arguments);
        }
        Answer answer = answers.get(type + "." + name);
        if (!name.startsWith("get") && !name.startsWith("is")) {
            calls.add(type + "." + name);
        }
        if (answer != null) {
            Object result = answer.to(self, arguments);
            return method.getReturnType() == void.class ? null : result;
        }
        if (type.equals("Connection") && name.startsWith("set")) {
            attributes.put(name.substring(3), arguments[arguments.length - 1]);
            return null;
        }
        Object attribute = attributes.get(name.replaceFirst("^(get|is)", ""));
        return attribute != null || !method.getReturnType().isPrimitive() ? attribute : zero(method.getReturnType());
    }

    private static Object ofObject(String type, Object self, String name, Object[] arguments) {
        switch (name) {
            case "equals":
                return self == arguments[0];
            case "hashCode":
                return System.identityHashCode(self);
            default:
                return "fake " + type;
        }
    }

    private static Object zero(Class<?> type) {
        return type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : null;
    }
}
