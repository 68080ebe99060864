package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.poolshim.bootstrap.BootstrapSeam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This JVM's own DriverManager, patched with the seam that ships. */
class DriverManagerPatchTest {
    private static final int HIDDEN = Modifier.PRIVATE | Modifier.STATIC | 0x1000; // synthetic

    private byte[] original;
    private byte[] seam;

    @BeforeEach
    void read() throws IOException {
        original = classFile(DriverManager.class);
        seam = classFile(BootstrapSeam.class);
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    private byte[] patched(boolean viaBootstrap) {
        return DriverManagerPatch.apply(original, viaBootstrap, seam);
    }

    @Test
    void apply_isDeterministic() {
        assertArrayEquals(patched(false), patched(false));
        assertArrayEquals(patched(true), patched(true));
    }

    @Test
    void apply_leavesAPatchedClassAlone() {
        for (boolean first : new boolean[] {false, true}) {
            assertNull(DriverManagerPatch.apply(patched(first), first, seam));
            assertNull(DriverManagerPatch.apply(patched(first), !first, seam));
        }
    }

    @Test
    void apply_refusesAnotherClass() throws IOException {
        byte[] other = classFile(Connection.class);
        assertThrows(IllegalStateException.class, () -> DriverManagerPatch.apply(other, false, seam));
    }

    @Test
    void apply_addsNothingButHiddenMembersOfTheSeam() throws Exception {
        Class<?> before = copy(original);
        Class<?> after = copy(patched(false));
        Set<String> added = members(after);
        added.removeAll(members(before));
        assertEquals(Set.of("poolshim$function", "poolshim$enter", "poolshim$driversChanged"), added);
        assertEquals(
                HIDDEN | Modifier.VOLATILE,
                after.getDeclaredField("poolshim$function").getModifiers());
        assertEquals(HIDDEN, method(after, "poolshim$enter").getModifiers());
        assertEquals(HIDDEN, method(after, "poolshim$driversChanged").getModifiers());
        assertEquals(members(before), members(copy(patched(true))), "the other way adds none at all");
    }

    private static Set<String> members(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getDeclaredMethods()).forEach(method -> names.add(method.getName()));
        Arrays.stream(type.getDeclaredFields()).forEach(field -> names.add(field.getName()));
        return names;
    }

    private static Method method(Class<?> type, String name) {
        Method found = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> !name.equals("getConnection") || method.getParameterTypes().length == 3)
                .filter(method -> !name.equals("getConnection") || method.getParameterTypes()[2] == Class.class)
                .findFirst()
                .orElseThrow();
        found.setAccessible(true);
        return found;
    }

    /** Under another name, because nobody but the JVM may define java.sql; defining and initialising it verifies it. */
    private static Class<?> copy(byte[] classFile) throws ClassNotFoundException {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(
                                writer,
                                new SimpleRemapper(
                                        Opcodes.ASM9,
                                        Map.of(
                                                "java/sql/DriverManager",
                                                "copy/DriverManager",
                                                "jdk/internal/reflect/Reflection",
                                                Type.getInternalName(Reflection.class)))),
                        0);
        byte[] renamed = writer.toByteArray();
        ClassLoader loader = new ClassLoader(DriverManagerPatchTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals("copy.DriverManager")) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, renamed, 0, renamed.length);
            }
        };
        return Class.forName("copy.DriverManager", true, loader);
    }

    /** In place of the JVM's own, which only it may ask. */
    public static final class Reflection {
        private Reflection() {}

        public static Class<?> getCallerClass() {
            return Integer.class;
        }
    }

    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                DriverManagerPatchTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, a) -> null);
    }

    private void handOutThroughTheSeam(Class<?> patched, Class<?> owner) throws Exception {
        List<Object[]> calls = new ArrayList<>();
        Connection connection = connection();
        Function<Object[], Object> agent = call -> {
            calls.add(call);
            return connection;
        };
        Field function = owner.getDeclaredField("poolshim$function");
        function.setAccessible(true);
        function.set(null, agent);
        try {
            Properties info = new Properties();
            Object got = method(patched, "getConnection").invoke(null, "jdbc:x", info, String.class);
            assertSame(connection, got);
            assertArrayEquals(new Object[] {"jdbc:x", info, String.class}, calls.get(0));
            Method byUser = patched.getMethod("getConnection", String.class, String.class, String.class);
            assertSame(connection, byUser.invoke(null, "jdbc:x", "me", "secret"));
            assertArrayEquals(new Object[] {"jdbc:x", "me", "secret", Integer.class}, calls.get(1));
            method(owner, "poolshim$driversChanged").invoke(null);
            assertEquals(3, calls.size());
            assertNull(calls.get(2));
        } finally {
            function.set(null, null);
        }
    }

    @Test
    void getConnection_asksTheCopiedSeamFirst() throws Exception {
        Class<?> patched = copy(patched(false));
        handOutThroughTheSeam(patched, patched);
    }

    @Test
    void getConnection_asksTheBootstrapSeamFirst() throws Exception {
        handOutThroughTheSeam(copy(patched(true)), BootstrapSeam.class);
    }

    @Test
    void getConnection_makesPropertiesOfAUserWhoIsNotKnown() throws Exception {
        Class<?> patched = copy(patched(false));
        Connection connection = connection();
        List<Object[]> calls = new ArrayList<>();
        Function<Object[], Object> agent = call -> {
            calls.add(call);
            return call.length == 3 ? connection : null;
        };
        Field function = patched.getDeclaredField("poolshim$function");
        function.setAccessible(true);
        function.set(null, agent);
        Method byUser = patched.getMethod("getConnection", String.class, String.class, String.class);
        assertSame(connection, byUser.invoke(null, "jdbc:x", "me", "secret"));
        assertEquals(Map.of("user", "me", "password", "secret"), calls.get(1)[1]);
    }

    @Test
    void deregisterDriver_tellsTheSeam() throws Exception {
        for (boolean viaBootstrap : new boolean[] {false, true}) {
            Class<?> patched = copy(patched(viaBootstrap));
            Field function = (viaBootstrap ? BootstrapSeam.class : patched).getDeclaredField("poolshim$function");
            function.setAccessible(true);
            List<Object[]> calls = new ArrayList<>();
            Function<Object[], Object> agent = call -> {
                calls.add(call);
                return null;
            };
            function.set(null, agent);
            try {
                method(patched, "deregisterDriver").invoke(null, (Object) null);
                assertEquals(1, calls.size());
                assertNull(calls.get(0));
            } finally {
                function.set(null, null);
            }
        }
    }
}
