package io.poolshim.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyWatchTest {
    private static final String MODE = "poolshim.mode";
    private static final String FILE = "poolshim.config";

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        System.clearProperty(MODE);
        System.clearProperty(FILE);
    }

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("settings"), text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=observe|true",
                "a=b, poolshim.mode = Observe ,c=d|true",
                "mode=pool,mode=observe|true",
                "mode=observe,mode=pool|false",
                "xmode=observe|false",
                "mode=observed|false",
                "a=b|false"
            })
    void isObserving_byArgument(String arguments, boolean expected) {
        assertEquals(expected, EarlyWatch.isObserving(arguments));
    }

    @Test
    void isObserving_notByItself() {
        assertFalse(EarlyWatch.isObserving(null));
    }

    @Test
    void isObserving_bySystemPropertyWhichWins() throws IOException {
        System.setProperty(MODE, " OBSERVE ");
        assertTrue(EarlyWatch.isObserving("mode=pool,config=" + file(MODE + "=pool")));
        System.setProperty(MODE, "pool");
        assertFalse(EarlyWatch.isObserving("mode=observe,config=" + file(MODE + "=observe")));
    }

    @Test
    void isObserving_byTheFileWhichWinsOverArguments() throws IOException {
        assertTrue(EarlyWatch.isObserving("mode=pool,config=" + file("# ours\n" + MODE + " = observe\n")));
        assertFalse(EarlyWatch.isObserving("mode=observe,config=" + file(MODE + "=pool")));
        assertTrue(EarlyWatch.isObserving("mode=observe,config=" + file("poolshim.pool.max-size=3")));
        System.setProperty(FILE, file("\uFEFF" + MODE + "=observe").toString());
        assertTrue(EarlyWatch.isObserving(null));
    }

    @Test
    void aFileThatCannotBeRead_saysNothing() throws IOException {
        assertFalse(EarlyWatch.isObserving("config=" + folder));
        assertFalse(EarlyWatch.isObserving("config=" + folder.resolve("none")));
        assertFalse(EarlyWatch.isObserving("config=" + file(MODE + "=observe\n\\u12")));
        assertTrue(EarlyWatch.isObserving("config=,mode=observe"));
    }
}
