package io.poolshim.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ships, looked at as it ships. */
class AgentJarIT {
    private static final int JAVA_8 = 52;
    private static final int JAVA_11 = 55;

    private final File file = new File(System.getProperty("poolshim.jar"));
    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(file);
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private Set<String> names(Predicate<String> wanted) {
        return jar.stream().map(JarEntry::getName).filter(wanted).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void topLevel_hasAFewClassesOfTheAgentAndNoLibrary() {
        Set<String> classes = names(name -> name.endsWith(".class"));
        assertEquals(Set.of(), without(classes, List.of("io/poolshim/launch/", "io/poolshim/bootstrap/")));
        assertTrue(classes.size() <= 10, classes::toString);
        Set<String> others = names(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"));
        assertEquals(Set.of(), without(others, List.of("inst/", "inst-11/")));
    }

    private static Set<String> without(Set<String> names, List<String> prefixes) {
        return names.stream()
                .filter(name -> prefixes.stream().noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void topLevel_hasNoServiceFile() {
        assertEquals(Set.of(), names(name -> name.startsWith("META-INF/services/")));
        assertEquals(Set.of(), names(name -> name.startsWith("META-INF/versions/")));
    }

    @Test
    void libraries_areInvisibleToAnOrdinaryLoader() throws IOException {
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {file.toURI().toURL()}, null)) {
            for (String library : List.of(
                    "com/zaxxer/hikari/pool/HikariPool.class",
                    "io/opentelemetry/api/OpenTelemetry.class",
                    "net/bytebuddy/jar/asm/ClassReader.class",
                    "org/slf4j/Logger.class",
                    "okhttp3/OkHttpClient.class",
                    "io/poolshim/start/Agent.class")) {
                assertEquals(null, application.getResource(library), library);
                assertNotNull(jar.getEntry("inst/" + library + "data"), library);
            }
        }
    }

    @Test
    void isolatedFolders_haveNoPlainClassFile() {
        assertEquals(Set.of(), names(name -> name.startsWith("inst") && name.endsWith(".class")));
        assertEquals(Set.of(), names(name -> name.startsWith("inst") && name.contains("module-info")));
    }

    @Test
    void classFiles_areJava8ButForHikari7() throws IOException {
        for (String name : names(name -> name.endsWith(".class") || name.endsWith(".classdata"))) {
            int limit = name.startsWith("inst-11/com/zaxxer/") ? JAVA_11 : JAVA_8;
            try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
                assertEquals(0xCAFEBABE, in.readInt(), name);
                in.readUnsignedShort();
                int major = in.readUnsignedShort();
                assertTrue(major <= limit, name + " has class-file version " + major);
            }
        }
        assertEquals(Set.of(), without(names(name -> name.startsWith("inst-11/")), List.of("inst-11/com/zaxxer/")));
    }

    @Test
    void manifest_namesTheAgentAndNothingElse() throws IOException {
        Attributes main = jar.getManifest().getMainAttributes();
        assertEquals("io.poolshim.launch.PoolshimAgent", main.getValue("Premain-Class"));
        assertEquals("io.poolshim.launch.PoolshimAgent", main.getValue("Agent-Class"));
        assertEquals("true", main.getValue("Can-Retransform-Classes"));
        assertEquals(null, main.getValue("Boot-Class-Path"));
        assertEquals(null, main.getValue("Class-Path"));
        assertNotNull(jar.getEntry("io/poolshim/launch/PoolshimAgent.class"));
    }

    @Test
    void notices_nameEveryLibrary() throws IOException {
        String notice;
        try (InputStream in = jar.getInputStream(jar.getEntry("META-INF/NOTICE"))) {
            notice = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        File[] libraries = new File(file.getParentFile(), "libraries").listFiles();
        for (File library : libraries) {
            String name = library.getName().replaceAll("(-jvm)?-[0-9].*", "");
            if (!name.startsWith("poolshim-")) {
                String word = name.replaceAll("-.*", "").toLowerCase();
                assertTrue(
                        notice.toLowerCase().replace(" ", "").contains(word.equals("byte") ? "bytebuddy" : word), name);
            }
        }
        assertNotNull(jar.getEntry("META-INF/LICENSE"));
        assertNotNull(jar.getEntry("META-INF/licenses/ASM"));
        assertNotNull(jar.getEntry("META-INF/licenses/SLF4J"));
    }

    @Test
    void librariesReadNoSystemPropertyOfTheApplication() throws IOException {
        Set<String> reads = new TreeSet<>();
        for (String name : names(name -> name.matches("inst(-11)?/(com/zaxxer|org/slf4j)/.*\\.classdata"))) {
            collectCalls(
                    name, reads, "java/lang/(System.getProperty|Long.getLong|Integer.getInteger|Boolean.getBoolean)");
        }
        assertEquals(Set.of(), reads);
    }

    @Test
    void librariesLogNowhereButInTheAgentsLog() throws IOException {
        Set<String> logs = new TreeSet<>();
        for (String name : names(name -> name.matches("inst/(io/opentelemetry|okhttp3)/.*\\.classdata"))) {
            collectCalls(name, logs, "java/util/logging/Logger.getLogger");
        }
        assertEquals(Set.of(), logs);
    }

    private void collectCalls(String entry, Set<String> found, String pattern) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            new ClassReader(in.readAllBytes())
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String type, String generic, String[] thrown) {
                                    return new MethodVisitor(Opcodes.ASM9) {
                                        @Override
                                        public void visitMethodInsn(
                                                int opcode, String owner, String called, String t, boolean i) {
                                            if ((owner + "." + called).matches(pattern)) {
                                                found.add(entry + " calls " + owner + "." + called);
                                            }
                                        }
                                    };
                                }
                            },
                            0);
        }
    }
}
