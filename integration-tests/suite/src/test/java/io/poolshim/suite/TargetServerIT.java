package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.Standby;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of two servers the one that is wanted, also after the standby was promoted while connections to it lay idle. */
class TargetServerIT {
    private PostgresServer primary;
    private Standby standby;

    @BeforeEach
    void start() {
        primary = Lab.withUsers(PostgresServer.start());
        Lab.freshDatabase(primary, "target");
        standby = Standby.of(primary);
    }

    @AfterEach
    void stop() {
        standby.close();
        primary.close();
    }

    private List<String> story(boolean pooled, String type) {
        String url = "jdbc:postgresql://localhost:" + primary.port() + ",localhost:" + standby.port()
                + "/target?hostRecheckSeconds=0&targetServerType=" + type;
        List<String> told = new ArrayList<>();
        try (Remote remote = Remote.at(url, primary, pooled)) {
            for (int i = 0; i < 4; i++) {
                told.add(remote.ask("one", "once SELECT pg_is_in_recovery(), inet_server_port()"));
            }
            standby.promote();
            for (int i = 0; i < 3; i++) {
                told.add(remote.ask("one", "once SELECT pg_is_in_recovery(), inet_server_port()"));
            }
            AgentRun run = remote.end();
            if (pooled) {
                run.mustBeClean().mustHavePooled();
            }
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "secondary", "preferSecondary", "any"})
    void reusedConnection_leadsToAServerAsWanted(String type) {
        List<String> expected = story(false, type);
        standby.demote();
        assertEquals(expected, story(true, type), () -> type + ", unpooled: " + expected + ", " + Map.of());
    }
}
