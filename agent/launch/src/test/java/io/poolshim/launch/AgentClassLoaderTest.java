package io.poolshim.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentClassLoaderTest {
    private static final String COMMON = "inst.archive";
    private static final String FROM_11 = "inst-11.archive";

    @TempDir
    Path folder;

    private AgentClassLoader loader;

    @BeforeEach
    void open() throws IOException {
        String own = ArchiveTest.class.getName().replace('.', '/') + ".class";
        File jar = new ArchiveJar()
                .file(COMMON, own, ArchiveJar.classFile(ArchiveTest.class))
                .file(COMMON, "META-INF/services/x", "of the agent")
                .file(COMMON, "which.txt", "common")
                .file(FROM_11, "which.txt", "from 11")
                .writeTo(folder);
        loader = new AgentClassLoader(jar);
    }

    private static String text(InputStream stream) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, "UTF-8"))) {
            return reader.readLine();
        }
    }

    @Test
    void loadClass_prefersItsOwn() throws ClassNotFoundException {
        Class<?> loaded = loader.loadClass(ArchiveTest.class.getName());
        assertNotSame(ArchiveTest.class, loaded);
        assertSame(loader, loaded.getClassLoader());
        assertSame(loaded, loader.loadClass(ArchiveTest.class.getName()), "defined once");
        assertEquals(
                AgentClassLoader.class.getProtectionDomain().getCodeSource(),
                loaded.getProtectionDomain().getCodeSource());
    }

    @Test
    void loadClass_seesThePlatformButNotTheApplication() throws ClassNotFoundException {
        assertSame(String.class, loader.loadClass("java.lang.String"));
        assertSame(java.sql.Connection.class, loader.loadClass("java.sql.Connection"));
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass(AgentClassLoaderTest.class.getName()));
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass("no.such.Class"));
    }

    @Test
    void getResource_readsFromTheArchive() throws IOException {
        URL url = loader.getResource("META-INF/services/x");
        assertEquals("of the agent", text(url.openStream()));
        assertEquals("of the agent", text(loader.getResourceAsStream("META-INF/services/x")));
        assertNull(loader.getResource("META-INF/MANIFEST.MF"));
        assertNull(loader.getResourceAsStream("no/such/file"));
        assertFalse(loader.getResources("META-INF/services/java.sql.Driver").hasMoreElements());
        assertEquals(
                1, Collections.list(loader.getResources("META-INF/services/x")).size());
    }

    @Test
    void getResource_prefersTheArchiveForNewerJvms() throws IOException {
        boolean java8 = System.getProperty("java.specification.version").startsWith("1.");
        assertEquals(java8 ? "common" : "from 11", text(loader.getResourceAsStream("which.txt")));
    }

    @Test
    void constructor_opensNothing() {
        AgentClassLoader broken =
                new AgentClassLoader(folder.resolve("missing.jar").toFile());
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> broken.loadClass("a.B"));
        assertTrue(thrown.getMessage().contains("a/B.class"), thrown.getMessage());
    }
}
