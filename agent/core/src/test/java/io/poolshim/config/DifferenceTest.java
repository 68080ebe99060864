package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static Config config(String settings) {
        return Config.read(new Properties(), Collections.emptyMap(), settings);
    }

    @Test
    void effective_areModeSizesTimesAndTheLevelOfTheLog() {
        Difference difference = new Difference(
                config("mode=pool,pool.max-size=5"),
                config("mode=off,pool.borrow-timeout=2s,log.level=debug,max-connections=9,report=a.json"));
        assertEquals(
                Arrays.asList(
                        "poolshim.log.level=debug",
                        "poolshim.max-connections=9",
                        "poolshim.mode=off",
                        "poolshim.pool.borrow-timeout=2s",
                        "poolshim.pool.max-size=10"),
                difference.effective());
        assertEquals(Collections.singletonList("poolshim.report"), difference.later());
    }

    @Test
    void effective_areThoseOfSomePoolsToo() {
        String section = "pool.a.url=jdbc:postgresql://a/*,pool.a.max-size=";
        Difference difference = new Difference(
                config(section + "3"),
                config(section + "4,pool.a.warm-password=x,pool.a.warm-url=jdbc:postgresql://a/b"));
        assertEquals(Collections.singletonList("poolshim.pool.a.max-size=4"), difference.effective());
        assertEquals(Arrays.asList("poolshim.pool.a.warm-password", "poolshim.pool.a.warm-url"), difference.later());
    }

    @Test
    void effective_isASectionThatIsGone() {
        Difference difference =
                new Difference(config("pool.a.url=jdbc:postgresql://a/*,pool.a.max-size=4"), config(""));
        assertEquals(
                Arrays.asList("poolshim.pool.a.max-size is gone", "poolshim.pool.a.url is gone"),
                difference.effective());
    }

    @Test
    void later_areSettingsOfTheServer() {
        Difference difference = new Difference(config(""), config("pool.session.lock_timeout=3s"));
        assertEquals(Collections.emptyList(), difference.effective());
        assertEquals(Collections.singletonList("poolshim.pool.session.lock_timeout"), difference.later());
    }
}
