package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolshim.programs.Habits;
import io.poolshim.programs.Rounds;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections stay the application's own, and the agent tells what pooling would bring. */
class ObserveIT {
    static Stream<Jdk> jdks() {
        return Lab.currentUnlessFull("observing").stream();
    }

    private static AgentRun observed(Jdk jdk, String database, Class<?> main) {
        Path report = Lab.workFolder(database + "-" + jdk.major()).resolve("report.json");
        ChildJvm child = AgentRun.equip(Lab.child(jdk, Lab.freshDatabase(database), main), report)
                .property("poolshim.mode", "observe");
        return AgentRun.of(child, report).mustBeClean();
    }

    private static long sessions(String database) throws SQLException {
        Await.until("all sessions have ended", Duration.ofSeconds(30), () -> isQuiet(database));
        return Lab.server().sessionsOpened(database);
    }

    private static boolean isQuiet(String database) {
        try {
            return Lab.server().currentConnections(database) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject advice(AgentRun run) throws Exception {
        return JsonParser.parseString(
                        new com.google.gson.Gson().toJson(run.report().json()))
                .getAsJsonObject()
                .getAsJsonObject("advice");
    }

    private static JsonObject pool(JsonObject advice, String user) {
        for (JsonElement pool : advice.getAsJsonArray("pools")) {
            if (pool.getAsJsonObject().get("user").getAsString().equals(user)) {
                return pool.getAsJsonObject();
            }
        }
        throw new AssertionError("no advice for " + user + ": " + advice);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void observed_opensEachConnectionAndTellsEachHabit(Jdk jdk) throws Exception {
        String alone = Lab.child(jdk, Lab.freshDatabase("habits_alone"), Habits.class)
                .run()
                .mustSucceed()
                .stdout();
        long sessions = sessions("habits_alone");
        AgentRun run = observed(jdk, "habits_observed", Habits.class);
        assertEquals(alone, run.child().stdout());
        assertEquals(sessions, sessions("habits_observed"), run::toString);
        assertEquals(0, run.report().total("reused"), run::toString);
        JsonObject pool = pool(advice(run), Lab.USER);
        assertEquals(sessions - 1, pool.get("borrows").getAsLong(), pool::toString); // the superuser's is another login
        assertEquals(1, pool.get("nested").getAsInt(), pool::toString);
        assertEquals(1, pool.get("neverClosed").getAsInt(), pool::toString);
        assertEquals(2, pool.getAsJsonObject("overlap").get("most").getAsInt(), pool::toString);
        assertEquals(30, at(pool, "isClean").get("clean").getAsInt(), pool::toString);
        assertEquals(1, at(pool, "nests").get("nested").getAsInt(), pool::toString);
        assertEquals(1, at(pool, "forgets").get("neverClosed").getAsInt(), pool::toString);
        assertEquals(1, at(pool, "leavesTransactionOpen").get("openAtClose").getAsInt(), pool::toString);
        leaves(pool, "setsSomething", "setting");
        leaves(pool, "setsTenant", "custom_setting");
        leaves(pool, "makesTemporaryTable", "temporary");
        leaves(pool, "listens", "listen");
        leaves(pool, "locks", "advisory_lock");
        leaves(pool, "copies", "copy");
        uses(pool, "callsDriver", "fastpathCall");
        uses(pool, "listens", "getNotifications");
        namesDriver(advice(run));
        text(run.child().stderr());
    }

    /** It casts in a class that is loaded before there is an agent, and in one method never calls what it casts to. */
    private static void namesDriver(JsonObject advice) {
        JsonObject names = names(advice, Habits.class);
        List<String> methods = texts(names.getAsJsonArray("org.postgresql.PGConnection"));
        assertEquals(List.of("getCopyAPI", "getLargeObjectAPI", "getNotifications"), methods, advice::toString);
        assertTrue(names.has("org.postgresql.jdbc.PgConnection"), advice::toString);
        assertEquals(0, names.getAsJsonArray("org.postgresql.jdbc.PgConnection").size(), advice::toString);
    }

    private static JsonObject names(JsonObject advice, Class<?> type) {
        for (JsonElement told : advice.getAsJsonArray("driverNames")) {
            if (told.getAsJsonObject().get("class").getAsString().equals(type.getName())) {
                return told.getAsJsonObject().getAsJsonObject("names");
            }
        }
        throw new AssertionError(type + " is not told to name the driver's classes: " + advice);
    }

    private static void text(String stderr) {
        for (String told : List.of(
                "nests",
                "forgets",
                "setsTenant",
                "advisory locks",
                "-Dpoolshim.mode=pool",
                "Habits: org.postgresql.PGConnection (getCopyAPI")) {
            assertTrue(stderr.contains(told), () -> told + " is not told: " + stderr);
        }
        assertFalse(stderr.contains("secret-tenant"), stderr);
        assertFalse(stderr.contains(Lab.PASSWORD), stderr);
    }

    /** The place whose name has this method, called directly or by what asked for the connection. */
    private static JsonObject at(JsonObject pool, String method) {
        for (JsonElement place : pool.getAsJsonArray("places")) {
            if (place.getAsJsonObject().get("place").getAsString().contains("." + method + ":")) {
                return place.getAsJsonObject();
            }
        }
        throw new AssertionError(method + " is not among the places: " + pool);
    }

    private static void leaves(JsonObject pool, String method, String habit) {
        JsonObject leaves = at(pool, method).getAsJsonObject("leaves");
        assertTrue(leaves.has(habit), () -> method + " does not show " + habit + ": " + pool);
    }

    private static void uses(JsonObject pool, String method, String api) {
        JsonObject apis = at(pool, method).getAsJsonObject("apis");
        assertTrue(apis.has(api), () -> method + " does not show " + api + ": " + pool);
    }

    @Test
    void advice_whenFollowed_leavesHardlyAnyoneWaiting() throws Exception {
        AgentRun observed = observed(Jdks.current(), "rounds_observed", Rounds.class);
        JsonObject advice = advice(observed);
        JsonObject pool = pool(advice, Lab.USER);
        assertEquals(Rounds.USUAL, pool.get("maxSize").getAsInt(), pool::toString);
        assertEquals(Rounds.PEAK, pool.getAsJsonObject("overlap").get("most").getAsInt(), pool::toString);
        Path report = Lab.workFolder("rounds-pooled").resolve("report.json");
        ChildJvm child =
                AgentRun.equip(Lab.child(Jdks.current(), Lab.freshDatabase("rounds_pooled"), Rounds.class), report);
        child.property("poolshim.config", Files.write(report.resolveSibling("settings"), settings(advice)));
        AgentRun pooled = AgentRun.of(child, report).mustBeClean().mustHavePooled();
        assertEquals(observed.child().stdout(), pooled.child().stdout());
        long borrows = pooled.report().total("borrows");
        assertTrue(pooled.report().total("waited") <= borrows / 1000, pooled::toString);
        assertEquals(0, pooled.report().total("timedOut"), pooled::toString);
        assertEquals(0, advice(pooled).getAsJsonArray("driverNames").size(), pooled::toString);
        JsonObject afterwards = pool(advice(pooled), Lab.USER);
        assertFalse(afterwards.get("observed").getAsBoolean(), afterwards::toString);
        assertEquals(borrows, afterwards.get("borrows").getAsLong(), afterwards::toString);
    }

    /** Those of the file, which are those of the command line. */
    private static List<String> settings(JsonObject advice) {
        List<String> settings = texts(advice.getAsJsonArray("settingsOfFile"));
        assertTrue(settings.contains("poolshim.mode=pool"), advice::toString);
        List<String> options = settings.stream().map(line -> "-D" + line).toList();
        assertEquals(texts(advice.getAsJsonArray("settings")), options, advice::toString);
        return settings;
    }

    private static List<String> texts(JsonArray texts) {
        return texts.asList().stream().map(JsonElement::getAsString).toList();
    }

    @Test
    void advice_goesToTheFileThatIsNamed() throws Exception {
        Path folder = Lab.workFolder("observe-file");
        Path file = folder.resolve("advice.txt");
        Path report = folder.resolve("report.json");
        ChildJvm child = AgentRun.equip(
                        Lab.child(
                                Jdks.current(),
                                Lab.freshDatabase("observe_file"),
                                io.poolshim.programs.ReuseProbe.class),
                        report)
                .property("poolshim.mode", "observe")
                .property("poolshim.advice", file);
        AgentRun run = AgentRun.of(child, report).mustBeClean();
        assertTrue(run.child().stdout().contains("sessions: 5"), run::toString);
        String text = Files.readString(file);
        assertTrue(text.contains("too little was seen"), text);
        assertFalse(run.child().stderr().contains("too little was seen"), run::toString);
    }
}
