package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.SessionStart;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions begin with the settings that the operator gives them, and statements end in time. */
class SessionSettingsIT {
    private static final Path WORK = Lab.workFolder("session-settings");
    private static final String ZONE = "Pacific/Auckland";

    private static AgentRun run(String name, Map<String, String> settings) {
        Path report = WORK.resolve(name + ".json");
        ChildJvm child = Lab.child(Jdks.current(), Lab.freshDatabase("session_settings"), SessionStart.class);
        child.property("user.timezone", "UTC");
        settings.forEach(child::property);
        return AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePooled();
    }

    private static List<String> lines(AgentRun run) {
        return run.child().stdout().lines().toList();
    }

    @Test
    void settings_areThoseOfANewSessionAndComeBackWithAReset() {
        AgentRun run = run(
                "given",
                Map.of(
                        "poolshim.pool.session.statement_timeout", "61s",
                        "poolshim.pool.session.TimeZone", ZONE,
                        "poolshim.pool.session.app.tenant", "a \\ b",
                        "poolshim.pool.session.DateStyle", "German",
                        "poolshim.pool.query-timeout", "1500ms"));
        String fresh = "61s|" + ZONE + "|a \\ b|";
        assertEquals(
                List.of(
                        "first: " + fresh + "4MB",
                        "first, reset: 61s|Asia/Tokyo|a \\ b|4MB",
                        "second: " + fresh + "4MB",
                        "second, reset: 61s|Asia/Tokyo|a \\ b|4MB",
                        "instant: 2001-02-03 17:05:06+13",
                        "client info: PostgreSQL JDBC Driver",
                        "url: true",
                        "own options: " + fresh + "5MB",
                        "own options: " + fresh + "5MB",
                        "options of the URL: 0|" + ZONE + "|null|6MB",
                        "timeouts: 2 2",
                        "own timeout: 7",
                        "slow: done"),
                lines(run));
        assertTrue(run.child().stderr().contains("poolshim.pool.session.DateStyle is ignored"), run::toString);
        assertTrue(run.child().stderr().contains("a URL has options of its own"), run::toString);
    }

    @Test
    void settings_thatTheServerRefusesAreLeftOut() {
        AgentRun run = run(
                "refused",
                Map.of(
                        "poolshim.pool.session.statement_timeout", "soon",
                        "poolshim.pool.session.TimeZone", "Nowhere"));
        assertEquals("first: 0|UTC|null|4MB", lines(run).get(0));
        assertEquals("second: 0|UTC|null|4MB", lines(run).get(2));
        assertTrue(run.child().stderr().contains("SQLSTATE 22023"), run::toString);
        assertTrue(run.child().stderr().contains("refuses the value of poolshim.pool.session.TimeZone"), run::toString);
    }

    @Test
    void settings_ofSomePoolsAreTheirs() {
        AgentRun run = run(
                "named",
                Map.of(
                        "poolshim.pool.some.url", "jdbc:postgresql:*session_settings",
                        "poolshim.pool.some.session.statement_timeout", "62s",
                        "poolshim.pool.other.url", "jdbc:postgresql:*elsewhere",
                        "poolshim.pool.other.session.statement_timeout", "63s"));
        assertEquals("first: 62s|UTC|null|4MB", lines(run).get(0));
    }

    @Test
    void queryTimeout_endsStatementsThatHaveNone() {
        AgentRun run = run("slow", Map.of("poolshim.pool.query-timeout", "1s", "slow", "SELECT pg_sleep(30)"));
        assertTrue(lines(run).contains("slow: 57014"), run::toString);
    }
}
