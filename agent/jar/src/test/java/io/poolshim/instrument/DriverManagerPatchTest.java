package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.poolshim.bootstrap.BootstrapSeam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
        assertEquals(Set.of("poolshim$function", "poolshim$known", "poolshim$enter", "poolshim$driversChanged"), added);
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

    /** In the place of the redirector. */
    private static final class Agent implements Function<Object[], Object> {
        private final List<Object[]> calls = new ArrayList<>();
        private final Connection known;
        private final Connection asked;

        Agent(Connection known, Connection asked) {
            this.known = known;
            this.asked = asked;
        }

        @Override
        public Object apply(Object[] call) {
            calls.add(call);
            return asked;
        }

        @SuppressWarnings("UnusedMethod") // see handle()
        Object known(Object url, Object user, Object password, Object caller) {
            calls.add(new Object[] {url, user, password, caller});
            return known;
        }

        MethodHandle handle() throws ReflectiveOperationException {
            return MethodHandles.lookup().bind(this, "known", MethodType.genericMethodType(4));
        }
    }

    private static void set(Class<?> owner, Agent agent) throws Exception {
        set(owner, "poolshim$function", agent);
        set(owner, "poolshim$known", agent == null ? null : agent.handle());
    }

    private static void set(Class<?> owner, String name, Object value) throws Exception {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        field.set(null, value);
    }

    private void handOutThroughTheSeam(Class<?> patched, Class<?> owner) throws Exception {
        Connection known = connection();
        Connection asked = connection();
        Agent agent = new Agent(known, asked);
        set(owner, agent);
        try {
            Properties info = new Properties();
            Object got = method(patched, "getConnection").invoke(null, "jdbc:x", info, String.class);
            assertSame(asked, got);
            assertArrayEquals(new Object[] {"jdbc:x", info, String.class}, agent.calls.get(0));
            Method byUser = patched.getMethod("getConnection", String.class, String.class, String.class);
            assertSame(known, byUser.invoke(null, "jdbc:x", "me", "secret"));
            assertArrayEquals(new Object[] {"jdbc:x", "me", "secret", Integer.class}, agent.calls.get(1));
            method(owner, "poolshim$driversChanged").invoke(null);
            assertEquals(3, agent.calls.size());
            assertNull(agent.calls.get(2));
        } finally {
            set(owner, null);
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
        Agent agent = new Agent(null, connection);
        set(patched, agent);
        Method byUser = patched.getMethod("getConnection", String.class, String.class, String.class);
        assertSame(connection, byUser.invoke(null, "jdbc:x", "me", "secret"));
        assertEquals(Map.of("user", "me", "password", "secret"), agent.calls.get(1)[1]);
    }

    @Test
    void deregisterDriver_tellsTheSeam() throws Exception {
        for (boolean viaBootstrap : new boolean[] {false, true}) {
            Class<?> patched = copy(patched(viaBootstrap));
            Class<?> owner = viaBootstrap ? BootstrapSeam.class : patched;
            Agent agent = new Agent(null, null);
            set(owner, agent);
            try {
                method(patched, "deregisterDriver").invoke(null, (Object) null);
                assertEquals(1, agent.calls.size());
                assertNull(agent.calls.get(0));
            } finally {
                set(owner, null);
            }
        }
    }
}
