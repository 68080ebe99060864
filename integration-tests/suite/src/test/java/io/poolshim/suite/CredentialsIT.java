package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passwords that are changed out of the agent's sight, and how long an old one is good for. */
class CredentialsIT {
    private static final String NEW = "another-password";
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = Lab.withUsers(PostgresServer.start());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void passwordBecomes(String password) {
        try {
            server.execute("ALTER ROLE " + Lab.USER + " PASSWORD '" + password + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From the first session that the new password opens. */
    @Test
    void changedPassword_isAskedForAsUnpooled() {
        List<List<String>> stories = new ArrayList<>();
        for (boolean pooled : new boolean[] {false, true}) {
            passwordBecomes(Lab.PASSWORD);
            String database = Lab.freshDatabase(server, "credentials");
            try (Remote remote =
                    pooled ? Remote.pooled(server, database, Map.of()) : Remote.unpooled(server, database)) {
                List<String> told = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    told.add(remote.ask("one", "login " + Lab.PASSWORD));
                }
                passwordBecomes(NEW);
                told.add(remote.ask("two", "login guess"));
                told.add(remote.ask("two", "login " + NEW));
                told.add(remote.ask("one", "login " + Lab.PASSWORD));
                told.add(remote.ask("one", "login " + Lab.PASSWORD));
                told.add(remote.ask("one", "login " + NEW));
                stories.add(told);
                AgentRun run = remote.end();
                if (pooled) {
                    run.mustBeClean().mustHavePooled();
                }
            }
        }
        assertEquals(stories.get(0), stories.get(1));
    }

    @Test
    void revokedPassword_isGoodForALimitedTime() throws Exception {
        passwordBecomes(Lab.PASSWORD);
        try (Remote remote = Remote.pooled(
                server, Lab.freshDatabase(server, "credentials_time"), Map.of("reauthenticate-after", "1s"))) {
            for (int i = 0; i < 3; i++) {
                assertEquals("in true", remote.ask("one", "login " + Lab.PASSWORD));
            }
            passwordBecomes(NEW);
            Await.until("the old password is refused", Duration.ofSeconds(30), () -> {
                String answer = remote.ask("one", "login " + Lab.PASSWORD);
                assertTrue(answer.equals("in true") || answer.contains("28P01"), answer);
                return answer.contains("28P01");
            });
            assertTrue(remote.ask("one", "login " + Lab.PASSWORD).contains("28P01"), "and stays so");
            remote.end().mustBeClean().mustHavePooled();
        }
    }
}
