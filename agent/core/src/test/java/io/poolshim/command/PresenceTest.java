package io.poolshim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceTest {
    private final Properties agent = new Properties();
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    private String presence() {
        return Presence.of(agent, system, environment::get);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Xmx1g|-",
                "-javaagent:/opt/other.jar=poolshim.jar|-",
                "-javaagent:/opt/poolshim.jar|given",
                "-Xmx1g -javaagent:/opt/poolshim-1.0.jar=pool.max-size=3 -Da=mode=off|given",
                "-javaagent:poolshim.jar=mode=off|off",
                "-javaagent:poolshim.jar=pool.max-size=3,poolshim.mode=OFF,a=b.jar -Xmx1g|off",
                "-javaagent:poolshim.jar=mode=offline|given",
                "-javaagent:poolshim.jar=mode=off,config=/etc/x|given",
                "-javaagent:poolshim.jar=mode=foo|given"
            })
    void presence_byTheArgumentsOfTheJvm(String arguments, String seen) {
        agent.setProperty("sun.jvm.args", arguments);
        assertEquals(seen, presence());
    }

    @Test
    void presence_byWhatWinsOverArguments() {
        agent.setProperty("sun.jvm.args", "-javaagent:poolshim.jar=mode=off");
        environment.put("POOLSHIM_CONFIG", "/etc/x");
        assertEquals("given", presence());
        environment.put("POOLSHIM_MODE", " Off ");
        assertEquals("off", presence());
        system.setProperty("poolshim.mode", "pool");
        assertEquals("given", presence());
    }

    @Test
    void presence_byTheSign() {
        system.setProperty("poolshim.mode", "off"); // set by the application when it was too late
        agent.setProperty("io.poolshim.active", "true");
        assertEquals("active", presence());
        agent.setProperty("io.poolshim.active", "failed");
        assertEquals("failed", presence());
    }
}
