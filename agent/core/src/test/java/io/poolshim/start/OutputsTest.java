package io.poolshim.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
    @TempDir
    Path folder;

    private static String told(String settings) throws Exception {
        PrintStream stderr = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, "UTF-8"));
        try {
            Outputs.check(Config.read(new Properties(), Collections.emptyMap(), settings));
        } finally {
            System.setErr(stderr);
        }
        return log.toString("UTF-8");
    }

    @Test
    void fileInAFolder_isNotTold() throws Exception {
        Files.write(folder.resolve("there"), new byte[0]);
        assertEquals(
                "",
                told("report=" + folder.resolve("new") + ",incidents=" + folder.resolve("there")
                        + ",log-file=in-here"));
        assertEquals("", told(""));
    }

    @Test
    void fileWithoutAFolder_isToldWithItsSetting() throws Exception {
        Path missing = folder.resolve("missing");
        for (String name : new String[] {"report", "advice", "incidents", "log-file"}) {
            String line = told(name + "=" + missing.resolve("file-%p"));
            assertTrue(line.contains("poolshim." + name + "=" + missing), line);
            assertTrue(line.contains("there is no folder " + missing), line);
        }
    }

    @Test
    void folder_isNoFile() throws Exception {
        assertTrue(told("advice=" + folder).contains("it is a folder"));
    }
}
