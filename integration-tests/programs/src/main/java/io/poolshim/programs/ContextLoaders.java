package io.poolshim.programs;

import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;

/** Who sees which driver, and which class. */
final class ContextLoaders {
    private ContextLoaders() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("loaders.context-loaders", ContextLoaders::contextLoaders);
        all.put("loaders.caller-without-the-driver", ContextLoaders::callerWithoutTheDriver);
        all.put("loaders.services", ContextLoaders::services);
        all.put("loaders.nothing-of-the-agent", ContextLoaders::nothingOfTheAgent);
        all.put("loaders.driver-asked-directly", ContextLoaders::driverAskedDirectly);
        all.put("loaders.redeployed", ContextLoaders::redeployed);
    }

    private static ClassLoader platform() {
        return ClassLoader.getSystemClassLoader().getParent();
    }

    private static URL code(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** DriverManager looks at the caller first, at the thread last. */
    static void contextLoaders(Env env) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            for (ClassLoader loader :
                    new ClassLoader[] {null, platform(), before, new URLClassLoader(new URL[0], null)}) {
                thread.setContextClassLoader(loader);
                env.print("works", env.query("SELECT 'whatever the thread has'"));
                env.print("left alone", thread.getContextClassLoader() == loader);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static void callerWithoutTheDriver(Env env) throws Exception {
        env.print("ours", env.query("SELECT 1"));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {code(ContextLoaders.class)}, platform())) {
            Class<?> application = Class.forName("io.poolshim.programs.DriverlessApplication", true, loader);
            for (int i = 0; i < 3; i++) {
                env.show(
                        "theirs",
                        () -> application
                                .getMethod("attempt", String.class, String.class, String.class)
                                .invoke(null, env.url(), env.user(), env.password()));
            }
        }
        env.print("ours", env.query("SELECT 2"));
    }

    static void services(Env env) throws Exception {
        int drivers = 0;
        for (Driver driver : ServiceLoader.load(Driver.class)) {
            drivers++;
            env.print("service", driver.getClass().getName());
            try (Connection c = driver.connect(env.url(), env.login())) {
                env.print("works", env.query(c, "SELECT 1"));
            }
        }
        env.print("services", drivers);
        env.print(
                "registered",
                Collections.list(DriverManager.getDrivers()).stream()
                        .filter(driver -> driver.getClass().getName().equals("org.postgresql.Driver"))
                        .count());
    }

    static void nothingOfTheAgent(Env env) throws Exception {
        env.query("SELECT 1");
        for (String name : new String[] {
            "com.zaxxer.hikari.HikariDataSource",
            "io.opentelemetry.api.OpenTelemetry",
            "io.poolshim.start.Agent",
            "net.bytebuddy.jar.asm.ClassReader",
            "org.slf4j.Logger"
        }) {
            env.show(name, () -> Class.forName(name));
        }
        for (String name : new String[] {
            "com/zaxxer/hikari/HikariDataSource.class", "META-INF/services/org.slf4j.spi.SLF4JServiceProvider"
        }) {
            env.print(name, ContextLoaders.class.getClassLoader().getResource(name) == null);
        }
    }

    static void driverAskedDirectly(Env env) throws Exception {
        Driver driver = new org.postgresql.Driver();
        for (int i = 0; i < 3; i++) {
            try (Connection own = driver.connect(env.url(), env.login());
                    Connection borrowed = env.connect()) {
                env.execute(own, "SET application_name = 'own'");
                env.print("own", env.query(own, "SHOW application_name"));
                env.print("borrowed", env.query(borrowed, "SELECT current_setting('application_name') = 'own'"));
                env.print("same kind", own.unwrap(org.postgresql.jdbc.PgConnection.class) == own);
            }
        }
    }

    /** A server that loads the same application anew, each time with a driver of its own. */
    static void redeployed(Env env) throws Exception {
        URL[] jars = {new java.io.File(env.value("driverJar")).toURI().toURL(), code(ContextLoaders.class)};
        for (int i = 0; i < 4; i++) {
            try (URLClassLoader loader = new URLClassLoader(jars, platform())) {
                Class<?> application = Class.forName("io.poolshim.programs.IsolatedApplication", true, loader);
                env.print("life " + i, call(env, application, "run"));
                application.getMethod("leave").invoke(null);
                env.show("after it left", () -> call(env, application, "attempt"));
            }
        }
        env.print("ours", env.query("SELECT 'works'"));
    }

    private static Object call(Env env, Class<?> application, String method)
            throws ReflectiveOperationException, SQLException {
        return application
                .getMethod(method, String.class, String.class, String.class)
                .invoke(null, env.url(), env.user(), env.password());
    }
}
