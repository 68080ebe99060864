package io.poolshim.proxy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which interfaces a wrapper can have: the public ones of the object's class, as far as its own loader sees them. */
final class Interfaces {
    private static final @Nullable Method MODULE = method("java.lang.Class", "getModule");
    private static final @Nullable Method IS_EXPORTED = method("java.lang.Module", "isExported", String.class);

    private static final ClassValue<Class<?>[]> KNOWN = new ClassValue<Class<?>[]>() {
        @Override
        protected Class<?>[] computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Interfaces() {}

    /** Those of JDBC first, so that their methods are told as methods of JDBC even if the driver declares them again. */
    static Class<?>[] of(Class<?> type) {
        return KNOWN.get(type);
    }

    static ClassLoader loader(Class<?> type) {
        return type.getClassLoader() == null ? ClassLoader.getSystemClassLoader() : type.getClassLoader();
    }

    private static Class<?>[] find(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            collect(at, all);
        }
        List<Class<?>> chosen = new ArrayList<>();
        for (Class<?> candidate : all) {
            if (isUsable(candidate, loader(type))) {
                chosen.add(isJava(candidate) ? javaOnes(chosen) : chosen.size(), candidate);
            }
        }
        return chosen.toArray(new Class<?>[0]);
    }

    private static void collect(Class<?> type, Set<Class<?>> all) {
        for (Class<?> direct : type.getInterfaces()) {
            all.add(direct);
            collect(direct, all);
        }
    }

    private static int javaOnes(List<Class<?>> chosen) {
        int count = 0;
        while (count < chosen.size() && isJava(chosen.get(count))) {
            count++;
        }
        return count;
    }

    private static boolean isJava(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.sql.");
    }

    private static boolean isUsable(Class<?> candidate, ClassLoader loader) {
        try {
            return Modifier.isPublic(candidate.getModifiers())
                    && Class.forName(candidate.getName(), false, loader) == candidate
                    && isExported(candidate);
        } catch (ClassNotFoundException | LinkageError invisible) {
            return false;
        }
    }

    /** From Java 9 on a public type may still be out of reach. */
    private static boolean isExported(Class<?> type) {
        if (MODULE == null || IS_EXPORTED == null) {
            return true;
        }
        try {
            String name = type.getName();
            return (Boolean) IS_EXPORTED.invoke(MODULE.invoke(type), name.substring(0, name.lastIndexOf('.')));
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    private static @Nullable Method method(String type, String name, Class<?>... parameters) {
        try {
            return Class.forName(type).getMethod(name, parameters);
        } catch (ClassNotFoundException | NoSuchMethodException java8) {
            return null;
        }
    }
}
