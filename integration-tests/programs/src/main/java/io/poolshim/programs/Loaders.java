package io.poolshim.programs;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;

/** More than one driver in one JVM. */
final class Loaders {
    private Loaders() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("loaders.two-applications", Loaders::twoApplications);
        all.put("loaders.deregister-and-register", Loaders::deregisterAndRegister);
        all.put("loaders.own-driver", Loaders::ownDriver);
        all.put("loaders.list-drivers", Loaders::listDrivers);
    }

    /** Two applications in one server, each with a driver of its own: neither sees the other's classes. */
    static void twoApplications(Env env) throws Exception {
        Class<?>[] drivers = new Class<?>[2];
        for (int i = 0; i < 2; i++) {
            URL[] jars = {new File(env.value("driverJar")).toURI().toURL(), programs()};
            try (URLClassLoader loader = new URLClassLoader(jars, platformLoader())) {
                Class<?> application = Class.forName("io.poolshim.programs.IsolatedApplication", true, loader);
                for (int call = 0; call < 3; call++) {
                    Object result = application
                            .getMethod("run", String.class, String.class, String.class)
                            .invoke(null, env.url(), env.user(), env.password());
                    env.print("application " + i, result);
                }
                drivers[i] = Class.forName("org.postgresql.jdbc.PgConnection", true, loader);
                application.getMethod("leave").invoke(null);
                env.show(
                        "without its driver",
                        () -> application
                                .getMethod("attempt", String.class, String.class, String.class)
                                .invoke(null, env.url(), env.user(), env.password()));
            }
        }
        env.print("two classes", drivers[0] != drivers[1]);
        env.print("ours", env.query("SELECT 'works'"));
    }

    private static URL programs() {
        return Loaders.class.getProtectionDomain().getCodeSource().getLocation();
    }

    /** On Java 8 java.sql is in the boot loader, afterwards in the platform loader; both are the parent of the system loader's parent chain. */
    private static ClassLoader platformLoader() {
        return ClassLoader.getSystemClassLoader().getParent();
    }

    static void deregisterAndRegister(Env env) throws Exception {
        Driver driver = DriverManager.getDriver(env.url());
        env.print("before", env.query("SELECT 1"));
        DriverManager.deregisterDriver(driver);
        env.show("without", () -> env.query("SELECT 2"));
        DriverManager.registerDriver(driver);
        env.print("again", env.query("SELECT 3"));
    }

    static void ownDriver(Env env) throws Exception {
        Driver own = new RenamingDriver();
        DriverManager.registerDriver(own);
        try (Connection c = DriverManager.getConnection("jdbc:ours:" + env.url(), env.login())) {
            env.print("through ours", env.query(c, "SELECT 'delegated'"));
            env.print("statement", c.createStatement().getConnection() == c);
        } finally {
            DriverManager.deregisterDriver(own);
        }
        env.show("gone", () -> DriverManager.getConnection("jdbc:ours:" + env.url(), env.login()));
    }

    static void listDrivers(Env env) throws Exception {
        int count = 0;
        for (Enumeration<Driver> all = DriverManager.getDrivers(); all.hasMoreElements(); ) {
            Driver driver = all.nextElement();
            count += driver.getClass().getName().startsWith("org.postgresql.") ? 1 : 0;
        }
        Driver driver = DriverManager.getDriver(env.url());
        env.print("drivers of ours", count);
        env.print("driver", driver.getClass().getName());
        env.print("accepts", driver.acceptsURL(env.url()) + " " + driver.acceptsURL("jdbc:other:x"));
        env.print("properties", driver.getPropertyInfo(env.url(), new Properties()).length > 10);
        try (Connection c = driver.connect(env.url(), env.login())) {
            env.print("directly", env.query(c, "SELECT 'connected'"));
            env.print("identity", c.createStatement().getConnection() == c);
        }
        env.show("not its URL", () -> driver.connect("jdbc:other:x", env.login()));
    }

    private static final class RenamingDriver implements Driver {
        @Override
        public Connection connect(String url, Properties info) throws java.sql.SQLException {
            return acceptsURL(url) ? DriverManager.getConnection(url.substring("jdbc:ours:".length()), info) : null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:ours:");
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
