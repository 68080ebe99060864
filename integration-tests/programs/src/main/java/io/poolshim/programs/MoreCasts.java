package io.poolshim.programs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;

/** Reflection, wrappers of the application's own, and whatever else depends on the connection being the driver's. */
final class MoreCasts {
    private MoreCasts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("casts.by-reflection", MoreCasts::byReflection);
        all.put("casts.own-proxy", MoreCasts::ownProxy);
        all.put("casts.identity-maps", MoreCasts::identityMaps);
        all.put("casts.from-another-thread", MoreCasts::fromAnotherThread);
        all.put("casts.statements-and-result-sets", MoreCasts::statementsAndResultSets);
        all.put("casts.interfaces", MoreCasts::interfaces);
        all.put("casts.newer-jdbc", MoreCasts::newerJdbc);
        all.put("casts.monitors", MoreCasts::monitors);
    }

    static void byReflection(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                Method user = PgConnection.class.getMethod("getUserName");
                env.print("by the driver's class", user.invoke(c));
                PgConnection.class.getMethod("setPrepareThreshold", int.class).invoke(c, 3);
                Method threshold = PGConnection.class.getMethod("getPrepareThreshold");
                env.print("by the driver's interface", threshold.invoke(c));
                Method create = Connection.class.getMethod("createStatement");
                try (Statement s = (Statement) create.invoke(c)) {
                    env.print("by the interface", Env.text(s.executeQuery("SELECT 'reflected'")));
                }
                Method fails = Connection.class.getMethod("setSavepoint");
                try {
                    fails.invoke(c);
                } catch (InvocationTargetException e) {
                    env.print("fails", Failures.describe(e.getCause()));
                }
            }
        }
    }

    /** As programs count calls, or log them. */
    static void ownProxy(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection real = env.connect();
            StringBuilder calls = new StringBuilder();
            Class<?>[] types = {Connection.class, PGConnection.class};
            Connection c = (Connection)
                    Proxy.newProxyInstance(MoreCasts.class.getClassLoader(), types, (proxy, method, arguments) -> {
                        calls.append(method.getName()).append(' ');
                        return method.invoke(real, arguments);
                    });
            env.print("query", env.query(c, "SELECT 1"));
            env.print("driver's own", ((PGConnection) c).getPrepareThreshold());
            c.close();
            env.print("calls", calls);
            env.print("closed", real.isClosed());
        }
    }

    static void identityMaps(Env env) throws Exception {
        Map<Connection, String> byIdentity = new IdentityHashMap<>();
        Map<Connection, String> weak = new WeakHashMap<>();
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            env.print("new", byIdentity.put(c, "c" + i) == null && weak.put(c, "c" + i) == null);
            try (Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("SELECT 1")) {
                env.print("found", byIdentity.get(r.getStatement().getConnection()));
                env.print("found weakly", weak.get(s.getConnection()));
            }
            int before = c.hashCode();
            c.close();
            env.print("same after close", before == c.hashCode() && c.equals(c) && byIdentity.containsKey(c));
        }
        env.print("different ones", byIdentity.size());
    }

    static void fromAnotherThread(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print(
                        "thread",
                        Concurrently.start(() -> {
                                    try (Statement s = ((PgConnection) c).createStatement()) {
                                        env.print("identity", s.getConnection() == c);
                                        env.print("unwrapped", c.unwrap(PgConnection.class) == c);
                                    }
                                })
                                .outcome());
            }
        }
    }

    static void statementsAndResultSets(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT 1, 'x'::text")) {
            r.next();
            env.print("statement", s.getClass().getName());
            env.print("result set", r.getClass().getName());
            env.print("metadata", r.getMetaData().getClass().getName());
            env.print("database", c.getMetaData().getClass().getName());
            env.print("prepared", c.prepareStatement("SELECT 1").getClass().getName());
            env.print("callable", c.prepareCall("{call now()}").getClass().getName());
            env.print("oid", ((PgStatement) s).getLastOID());
            env.print("cursor", ((PgResultSet) r).getRefCursor());
            env.print("pid", ((PgConnection) s.getConnection()).getBackendPID() > 0);
            env.print("replication", ((PGConnection) c).getReplicationAPI() != null);
        }
        env.print("next", env.query("SELECT 'works'"));
    }

    static void interfaces(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.print("wrapper", c instanceof Wrapper);
            env.print("closeable", c instanceof AutoCloseable);
            env.print("of the driver's loader", c.getClass().getClassLoader() == PgConnection.class.getClassLoader());
            env.print("of the driver's package", c.getClass().getName().startsWith("org.postgresql.jdbc.PgConnection"));
            env.print("same class each time", env.connect().getClass() == c.getClass());
        }
    }

    /** Methods that Java 9 and later add to the interface. */
    static void newerJdbc(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                for (String name : new String[] {"beginRequest", "endRequest"}) {
                    env.attempt(name, () -> call(c, name));
                }
            }
            Connection closed = env.connect();
            closed.close();
            env.attempt("closed", () -> call(closed, "beginRequest"));
        }
    }

    private static void call(Connection connection, String name) throws Exception {
        try {
            Connection.class.getMethod(name).invoke(connection);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Threads that share a connection like to lock it. */
    static void monitors(Env env) throws Exception {
        try (Connection c = env.connect()) {
            Concurrently.Running other;
            synchronized (c) {
                other = Concurrently.start(() -> {
                    synchronized (c) {
                        env.print("other", env.query(c, "SELECT 'second'"));
                        c.notifyAll();
                    }
                });
                env.print("one", env.query(c, "SELECT 'first'"));
                Concurrently.until(() -> other.thread.getState() == Thread.State.BLOCKED);
                c.wait();
            }
            env.print("thread", other.outcome());
        }
    }
}
