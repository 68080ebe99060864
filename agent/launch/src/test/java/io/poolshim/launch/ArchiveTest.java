package io.poolshim.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    Path folder;

    @Test
    void read_givesEachFileAsItWas() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        File jar = new ArchiveJar()
                .file("a.archive", "empty", new byte[0])
                .file("a.archive", "noise", noise)
                .file("a.archive", "d/zeros", new byte[100_000])
                .writeTo(folder);
        Archive archive = new Archive(jar, "a.archive");
        assertArrayEquals(new byte[0], archive.read("empty"));
        assertArrayEquals(noise, archive.read("noise"));
        assertArrayEquals(new byte[100_000], archive.read("d/zeros"));
        assertEquals(new HashSet<>(Arrays.asList("empty", "noise", "d/zeros")), archive.names());
    }

    @Test
    void read_isNullForWhatIsNotThere() throws IOException {
        File jar = new ArchiveJar().file("a.archive", "x", "x").writeTo(folder);
        assertNull(new Archive(jar, "a.archive").read("y"));
    }

    @Test
    void constructor_saysWhatIsMissing() throws IOException {
        File jar = new ArchiveJar().file("a.archive", "x", "x").writeTo(folder);
        IOException thrown = assertThrows(IOException.class, () -> new Archive(jar, "b.archive"));
        assertTrue(thrown.getMessage().contains("b.archive"), thrown.getMessage());
        assertThrows(IOException.class, () -> new Archive(new File(jar.getPath() + "x"), "a.archive"));
    }
}
