package io.poolshim.programs;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;

/** Modules, asked by reflection: on Java 8 there are none. */
final class Jpms {
    private Jpms() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("jpms.module-of-a-connection", Jpms::moduleOfAConnection);
        all.put("jpms.module-of-the-driver-manager", Jpms::moduleOfTheDriverManager);
        all.put("jpms.layers-are-as-before", Jpms::layersAreAsBefore);
    }

    private static String module(Class<?> type) throws Exception {
        try {
            return String.valueOf(Class.class.getMethod("getModule").invoke(type))
                    .replaceAll("@.*", "");
        } catch (NoSuchMethodException java8) {
            return "none";
        }
    }

    static void moduleOfAConnection(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("connection", module(c.getClass()));
                env.print("statement", module(c.createStatement().getClass()));
                env.print("package", c.getClass().getPackage().getName());
            }
        }
    }

    static void moduleOfTheDriverManager(Env env) throws Exception {
        env.print("works", env.query("SELECT 1"));
        env.print("module", module(DriverManager.class));
        env.print(
                "members",
                java.util.Arrays.stream(DriverManager.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == DriverManager.class)
                        .map(Method::getName)
                        .sorted()
                        .collect(java.util.stream.Collectors.toList()));
        env.print("fields", DriverManager.class.getFields().length);
    }

    static void layersAreAsBefore(Env env) throws Exception {
        env.query("SELECT 1");
        Class<?> layer;
        try {
            layer = Class.forName("java.lang.ModuleLayer");
        } catch (ClassNotFoundException java8) {
            env.print("none");
            return;
        }
        Object boot = layer.getMethod("boot").invoke(null);
        for (String name : new String[] {"java.base", "java.sql", "org.postgresql.jdbc", "io.poolshim"}) {
            Object found = layer.getMethod("findModule", String.class).invoke(boot, name);
            env.print(name, found);
        }
    }
}
