package io.poolshim.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.launch.Archive;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What ships, looked at as it ships. */
class AgentJarIT {
    private static final int JAVA_8 = 52;
    private static final int JAVA_11 = 55;

    private static final File FILE = new File(System.getProperty("poolshim.jar"));

    private static JarFile jar;
    private static Archive isolated;
    private static Archive isolatedFrom11;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(FILE);
        isolated = new Archive(FILE, "inst.archive");
        isolatedFrom11 = new Archive(FILE, "inst-11.archive");
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    private static Set<String> topLevel(Predicate<String> wanted) {
        return jar.stream().map(JarEntry::getName).filter(wanted).collect(Collectors.toCollection(TreeSet::new));
    }

    private static byte[] topLevel(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void topLevel_hasAFewClassesOfTheAgentAndNoLibrary() {
        Set<String> classes = topLevel(name -> name.endsWith(".class"));
        assertTrue(classes.size() <= 15, classes::toString);
        assertEquals(Set.of(), without(classes, "io/poolshim/launch/", "io/poolshim/bootstrap/"));
        Set<String> others = topLevel(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"));
        assertEquals(Set.of("inst.archive", "inst-11.archive"), others);
    }

    private static Set<String> without(Set<String> names, String... prefixes) {
        return names.stream()
                .filter(name -> Arrays.stream(prefixes).noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void topLevel_hasNoServiceFileAndNoOtherVersions() {
        assertEquals(Set.of(), topLevel(name -> name.startsWith("META-INF/services/")));
        assertEquals(Set.of(), topLevel(name -> name.startsWith("META-INF/versions/")));
    }

    @Test
    void libraries_areInsideAndInvisibleToAnOrdinaryLoader() throws IOException {
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {FILE.toURI().toURL()}, null)) {
            for (String library : List.of(
                    "com/zaxxer/hikari/pool/HikariPool.class",
                    "io/opentelemetry/api/OpenTelemetry.class",
                    "net/bytebuddy/jar/asm/ClassReader.class",
                    "org/slf4j/Logger.class",
                    "okhttp3/OkHttpClient.class",
                    "io/poolshim/start/Agent.class")) {
                assertEquals(null, application.getResource(library), library);
                assertNotNull(isolated.read(library), library);
            }
        }
    }

    @Test
    void driver_isNotInside() {
        assertEquals(
                Set.of(),
                isolated.names().stream()
                        .filter(name -> name.startsWith("org/postgresql/") && !name.contains("/Poolshim"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void classFiles_areJava8ButForHikari7() throws IOException {
        for (String name : topLevel(name -> name.endsWith(".class"))) {
            assertVersion(name, topLevel(name), JAVA_8);
        }
        for (String name : classes(isolated, "")) {
            assertVersion(name, isolated.read(name), JAVA_8);
        }
        for (String name : classes(isolatedFrom11, "")) {
            assertVersion(name, isolatedFrom11.read(name), JAVA_11);
        }
        assertEquals(Set.of(), without(isolatedFrom11.names(), "com/zaxxer/"));
    }

    private static Set<String> classes(Archive archive, String pattern) {
        return archive.names().stream()
                .filter(name -> name.endsWith(".class") && name.matches(pattern + ".*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertVersion(String name, byte[] classFile, int limit) {
        int major = (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
        assertTrue(major >= 45 && major <= limit, name + " has class-file version " + major);
    }

    @Test
    void manifest_namesTheAgentAndNothingElse() throws IOException {
        Attributes main = jar.getManifest().getMainAttributes();
        assertEquals("io.poolshim.launch.Main", main.getValue("Main-Class"));
        assertEquals("io.poolshim.launch.PoolshimAgent", main.getValue("Premain-Class"));
        assertEquals("io.poolshim.launch.PoolshimAgent", main.getValue("Agent-Class"));
        assertEquals("true", main.getValue("Can-Retransform-Classes"));
        assertEquals(null, main.getValue("Boot-Class-Path"));
        assertEquals(null, main.getValue("Class-Path"));
        assertNotNull(jar.getEntry("io/poolshim/launch/PoolshimAgent.class"));
    }

    @Test
    void notices_nameEveryLibraryAndItsVersion() throws IOException {
        String notice = new String(topLevel("META-INF/NOTICE"), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        File[] libraries = new File(FILE.getParentFile(), "libraries").listFiles();
        assertTrue(libraries.length > 10);
        for (File library : libraries) {
            Matcher parts = Pattern.compile("([a-z0-9]+).*?-([0-9][0-9.]*[0-9]).*")
                    .matcher(library.getName().toLowerCase(Locale.ROOT));
            assertTrue(parts.matches(), library.getName());
            if (!parts.group(1).equals("poolshim")) {
                assertTrue(notice.contains(parts.group(1).replace("byte", "byte buddy")), library.getName());
                assertTrue(notice.contains(parts.group(2)), "the notice has another version than " + library.getName());
            }
        }
        assertNotNull(jar.getEntry("META-INF/LICENSE"));
        assertNotNull(jar.getEntry("META-INF/licenses/ASM"));
        assertNotNull(jar.getEntry("META-INF/licenses/SLF4J"));
    }

    @Test
    void libraries_readNoSystemPropertyOfTheApplication() throws IOException {
        String calls = "java/lang/(System.getProperty|Long.getLong|Integer.getInteger|Boolean.getBoolean)";
        assertEquals(Set.of(), calls(isolated, "(com/zaxxer|org/slf4j|io/prometheus)/", calls));
        assertEquals(Set.of(), calls(isolatedFrom11, "(com/zaxxer|org/slf4j)/", calls));
    }

    @Test
    void prometheus_readsAndSetsNothingOfTheApplication() throws IOException {
        assertEquals(
                Set.of(),
                calls(isolated, "io/prometheus/", "java/lang/System.(getProperties|setProperty|clearProperty|getenv)"));
    }

    @Test
    void libraries_logNowhereButInTheAgentsLog() throws IOException {
        assertEquals(
                Set.of(),
                calls(isolated, "(io/opentelemetry|okhttp3|io/prometheus)/", "java/util/logging/Logger.getLogger"));
    }

    @Test
    void sockets_sendAtOnce() throws IOException {
        assertEquals(Set.of(), calls(isolated, "okhttp3/", "java/net/Socket.setSoTimeout"));
        assertTrue(!calls(isolated, "okhttp3/", "io/poolshim/config/LibrarySockets.setSoTimeout")
                .isEmpty());
    }

    /** At that method OpenTelemetry's javaagent would add metrics of HikariCP's beside the agent's. */
    @Test
    void hikari_hasNoMethodForOthersMetrics() throws IOException {
        for (Archive archive : new Archive[] {isolated, isolatedFrom11}) {
            assertEquals(
                    Set.of(),
                    calls(archive, "com/zaxxer/", "com/zaxxer/hikari/pool/HikariPool.setMetricsTrackerFactory"));
        }
    }

    private static Set<String> calls(Archive archive, String classes, String called) throws IOException {
        Set<String> found = new TreeSet<>();
        Set<String> names = classes(archive, classes);
        assertTrue(!names.isEmpty() || archive == isolatedFrom11, classes);
        for (String name : names) {
            new ClassReader(archive.read(name)).accept(new CallFinder(name, Pattern.compile(called), found), 0);
        }
        return found;
    }

    private static final class CallFinder extends ClassVisitor {
        private final String in;
        private final Pattern called;
        private final Set<String> found;

        CallFinder(String in, Pattern called, Set<String> found) {
            super(Opcodes.ASM9);
            this.in = in;
            this.called = called;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String t, boolean i) {
                    if (called.matcher(owner + "." + method).matches()) {
                        found.add(in + " calls " + owner + "." + method);
                    }
                }
            };
        }
    }
}
