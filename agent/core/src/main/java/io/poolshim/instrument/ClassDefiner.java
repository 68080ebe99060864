package io.poolshim.instrument;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Defines classes in another class's loader, package and protection domain, and allocates instances without a
 * constructor. Needs the module jdk.unsupported.
 */
public final class ClassDefiner {
    private final ModuleOpener modules;
    private final Object unsafe;

    /**
     * Gets hold of what it needs.
     *
     * @throws ReflectiveOperationException if this JVM does not have it
     */
    public ClassDefiner(Instrumentation instrumentation) throws ReflectiveOperationException {
        this.modules = new ModuleOpener(instrumentation);
        this.unsafe = theUnsafe();
    }

    /** {@code sun.misc.Unsafe}, which is not in the Java 8 API we compile against. */
    private static Object theUnsafe() throws ReflectiveOperationException {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return field.get(null);
    }

    /** Defines a class beside the given one. */
    Class<?> define(Class<?> neighbour, String name, byte[] bytes) throws ReflectiveOperationException {
        try {
            return modules.isNeeded() ? defineByLookup(neighbour, bytes) : defineByUnsafe(neighbour, name, bytes);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException("cannot define " + name, e.getCause());
        }
    }

    private Class<?> defineByLookup(Class<?> neighbour, byte[] bytes) throws ReflectiveOperationException {
        modules.open(neighbour, getClass());
        Object lookup = MethodHandles.class
                .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .invoke(null, neighbour, MethodHandles.lookup());
        return (Class<?>) MethodHandles.Lookup.class
                .getMethod("defineClass", byte[].class)
                .invoke(lookup, (Object) bytes);
    }

    private Class<?> defineByUnsafe(Class<?> neighbour, String name, byte[] bytes) throws ReflectiveOperationException {
        Method define = unsafe.getClass()
                .getMethod(
                        "defineClass",
                        String.class,
                        byte[].class,
                        int.class,
                        int.class,
                        ClassLoader.class,
                        java.security.ProtectionDomain.class);
        return (Class<?>) define.invoke(
                unsafe, name, bytes, 0, bytes.length, neighbour.getClassLoader(), neighbour.getProtectionDomain());
    }

    /** A new instance whose fields are all zero or null. */
    Object allocate(Class<?> type) {
        try {
            return (Object) Allocator.ALLOCATE.invokeExact((Class<?>) type);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot allocate " + type.getName(), e);
        }
    }

    /** Static and final, or else the JIT compiler could not look into the handle. */
    private static final class Allocator {
        static final MethodHandle ALLOCATE = find();

        private static MethodHandle find() {
            try {
                Object unsafe = theUnsafe();
                return MethodHandles.lookup()
                        .unreflect(unsafe.getClass().getMethod("allocateInstance", Class.class))
                        .bindTo(unsafe);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The one call that modules need, made by reflection because Java 8 has no modules. */
    public static final class ModuleOpener {
        private final Instrumentation instrumentation;
        private final @Nullable Method redefineModule;
        private final @Nullable Method getModule;

        public ModuleOpener(Instrumentation instrumentation) throws ReflectiveOperationException {
            this.instrumentation = instrumentation;
            Method found = null;
            for (Method method : Instrumentation.class.getMethods()) {
                found = method.getName().equals("redefineModule") ? method : found;
            }
            redefineModule = found;
            getModule = found == null ? null : Class.class.getMethod("getModule");
        }

        boolean isNeeded() {
            return redefineModule != null;
        }

        /** Opens the package of the first class to the module of the second. */
        public void open(Class<?> member, Class<?> to) throws ReflectiveOperationException {
            if (redefineModule == null || getModule == null) {
                return;
            }
            Object module = getModule.invoke(member);
            if (!(Boolean) module.getClass().getMethod("isNamed").invoke(module)) {
                return;
            }
            String name = member.getName();
            redefineModule.invoke(
                    instrumentation,
                    module,
                    Collections.emptySet(),
                    Collections.emptyMap(),
                    Collections.singletonMap(
                            name.substring(0, name.lastIndexOf('.')), Collections.singleton(getModule.invoke(to))),
                    Collections.emptySet(),
                    Collections.emptyMap());
        }
    }
}
