package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.LoadedApplication;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line of the jar, and the agent in JVMs that it talks to. */
class AttachIT {
    private static final int REQUESTS = 400;
    private static final Path WORK = Lab.workFolder("attach");

    static List<Jdk> jdks() {
        return Lab.currentUnlessFull("attaching to an application under load");
    }

    private static ChildJvm loaded(Jdk jdk, String database) {
        return AgentRun.telemetryAndReport(
                Lab.child(jdk, Lab.freshDatabase(database), LoadedApplication.class), report(database));
    }

    private static Path report(String database) {
        return WORK.resolve(database + ".json");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attach_underLoad_poolsFromThenOnAndIsToldWhatToDo(Jdk jdk) {
        String database = "attach_" + jdk.major();
        try (Loaded application = new Loaded(loaded(jdk, database))) {
            String pid = application.pid();
            assertTrue(application.sessionsOfTheNext(50) >= 50, "was pooled before it should be");
            Command.run("status", pid).mustFail(1, "not active", "attach " + pid);
            Command.run("attach", pid, "pool.max-size=lots").mustFail(1, "pool.max-size=lots", "a number from 1");

            assertTrue(Command.run("attach", pid, "pool.max-size=8", "pool.keep-from=1")
                    .text()
                    .startsWith("attached: DriverManager.getConnection is served from pools"));
            application.sessionsOfTheNext(REQUESTS);
            int sessions = application.sessionsOfTheNext(REQUESTS);
            assertTrue(sessions <= REQUESTS / 10, () -> sessions + " sessions for " + REQUESTS + " requests");
            assertTrue(listed(pid).contains(" active "), () -> listed(pid));

            assertTrue(Command.run("status", pid).text().contains(Lab.USER + "@localhost"));
            Report report = Command.run("report", pid).report();
            assertTrue(report.total("reused") > 0.9 * report.total("borrows"), report::toString);
            if (jdk.equals(Jdks.current()) || jdk.equals(Jdks.oldest())) {
                obeysUnderLoad(application, pid);
            }

            assertEquals(6, application.closeHeld());
            mustEndWell(application, database);
        }
    }

    private static void obeysUnderLoad(Loaded application, String pid) {
        assertEquals("evict: 1 pool\n", Command.run("evict", pid).text());
        assertEquals(
                "off: 1 pool now, and any that comes\n", Command.run("off", pid).text());
        application.sessionsOfTheNext(50);
        assertTrue(application.sessionsOfTheNext(50) >= 40, "still pooled"); // the server gives process numbers again
        assertEquals(
                "pool: 1 pool now, and any that comes\n",
                Command.run("pool", pid).text());
        application.sessionsOfTheNext(REQUESTS);
        int sessions = application.sessionsOfTheNext(REQUESTS);
        assertTrue(sessions <= REQUESTS / 10, () -> sessions + " sessions for " + REQUESTS + " requests");
    }

    private static void mustEndWell(Loaded application, String database) {
        ChildResult result = application.end().mustSucceed();
        assertTrue(result.stdout().contains("failed in all: 0"), result::toString);
        new AgentRun(result, Report.read(report(database))).mustBeClean().mustHavePooled();
    }

    private static String listed(String pid) {
        return Command.run("list")
                .text()
                .lines()
                .filter(line -> line.startsWith(pid + " "))
                .findFirst()
                .orElse("process " + pid + " is not listed");
    }

    /** An agent that is there from the start answers before it has anything to do, also to a jar of another path. */
    @Test
    void commands_reachAnAgentThatHasNotStartedYet() throws Exception {
        Path copy = Files.copy(Lab.agentJar(), WORK.resolve("another.jar"));
        try (Remote application =
                Remote.pooled(Lab.server(), Lab.freshDatabase("attach_early"), Map.of("pool.keep-from", "1"))) {
            String pid = String.valueOf(application.pid());
            assertTrue(Command.of(copy, "status", pid).text().contains("waits for the first"));
            Command.run("report", pid).mustFail(1, "waits for the first");
            assertTrue(Command.run("off", pid).text().startsWith("off: 0 pools now, and any that comes"));
            assertEquals("1", application.ask("one", "once SELECT 1"));
            assertTrue(Command.of(copy, "report", pid).report().passedThrough("off") > 0);
            assertTrue(Command.run("status", pid).text().contains("mode=off"));
            Command.run("pool", pid).text();
            assertEquals("1", application.ask("one", "once SELECT 1"));
            assertEquals("1", application.ask("one", "once SELECT 1"));
            assertTrue(Command.run("attach", pid).text().contains("active in this JVM already"));
            Command.run("evict", pid, "nobody@nowhere").mustFail(1, "there is no pool 'nobody@nowhere'");
            assertTrue(Command.run("suspend", pid).text().startsWith("suspend: 1 pool now"));
            assertTrue(Command.run("status", pid).text().contains("pool, suspended\n"));
            assertTrue(Command.run("resume", pid).text().startsWith("resume: 1 pool now"));
            assertTrue(Command.run("advice", pid).text().contains(Lab.USER + "@localhost"));
            assertTrue(Command.run("resize", pid, "5").text().startsWith("resize: 1 pool now"));
            application.end().mustBeClean().mustHavePooled();
        }
    }

    /** Nothing was loaded of JDBC: then the better seam is used, when DriverManager loads. */
    @Test
    void attach_beforeAnyConnection_poolsFromTheFirstOn() {
        try (Remote application = Remote.unpooled(Lab.server(), Lab.freshDatabase("attach_first"))) {
            String pid = String.valueOf(application.pid());
            Command.run("attach", pid, "pool.max-size=none").mustFail(1, "pool.max-size=none");
            Command.run("attach", pid, "pool.max-sise=3").mustFail(1, "nothing was attached", "did you mean");
            Path report = report("attach_first");
            String told = Command.run("attach", pid, "pool.keep-from=1", "report=" + report)
                    .text();
            assertTrue(told.startsWith("attached: "), told);
            Command.run("status", pid).text();
            String first = application.ask("one", "once SELECT pg_backend_pid()");
            assertEquals(first, application.ask("one", "once SELECT pg_backend_pid()"));
            new AgentRun(application.end().child(), Report.read(report))
                    .mustBeClean()
                    .mustHavePooled();
        }
    }

    /** Refused, or off: whatever is asked of it, the answer is the same, and says why. */
    @Test
    void commands_agreeAboutAJvmThatRunsUnpooled() {
        try (Remote refused = Remote.pooled(Lab.server(), Lab.freshDatabase("attach_refused"), Map.of("mode", "foo"))) {
            String pid = String.valueOf(refused.pid());
            String why = "not active, the application runs unpooled: poolshim.mode=foo";
            assertTrue(listed(pid).contains(" given "), () -> listed(pid));
            Command.run("status", pid).mustFail(1, why);
            assertEquals("1", refused.ask("one", "once SELECT 1"));
            assertTrue(listed(pid).contains(" failed "), () -> listed(pid));
            for (String command : List.of("status", "off", "attach")) {
                Command.run(command, pid).mustFail(1, why);
            }
        }
        try (Remote off = Remote.pooled(Lab.server(), Lab.freshDatabase("attach_off"), Map.of("mode", "off"))) {
            String pid = String.valueOf(off.pid());
            assertTrue(listed(pid).contains(" off "), () -> listed(pid));
            for (String command : List.of("status", "pool", "attach")) {
                Command.run(command, pid).mustFail(1, "poolshim.mode=off is among its system properties");
            }
        }
    }

    @Test
    void refusals_sayWhatToDo() throws Exception {
        Command.run("status", "4194305").mustFail(1, "there is no process 4194305", "list");
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            Command.run("attach", String.valueOf(sleep.pid())).mustFail(1, "is no JVM");
            assertTrue(sleep.isAlive(), "the command has killed a process that is no JVM");
        } finally {
            sleep.destroy();
        }
        ChildJvm closed = loaded(Jdks.current(), "attach_closed").jvmArgs("-XX:+DisableAttachMechanism");
        try (Loaded application = new Loaded(closed)) {
            Command.run("attach", application.pid()).mustFail(1, "-XX:+DisableAttachMechanism", "-javaagent");
            assertTrue(application.end().mustSucceed().stdout().contains("failed in all: 0"));
        }
        ChildJvm poor = ChildJvm.on(Jdks.current()).jvmArgs("--limit-modules", "java.sql,java.management");
        Command.of(poor, Lab.agentJar(), "list")
                .mustFail(1, "a JDK 8 (not a JRE)", "from 9 on with the module jdk.attach");
    }

    @Test
    void commandLine_isToldWhereItIsWrong() {
        Command.run().mustFail(2, "java -jar poolshim.jar attach PID");
        Command.run("stats", "1").mustFail(2, "there is no command 'stats'", "did you mean 'status'");
        Command.run("attach").mustFail(2, "needs the number of a process");
        Command.run("resize", "1", "all").mustFail(2, "a number of connections");
        Command.run("status", "1", "pool").mustFail(2, "takes no 'pool'");
        assertTrue(Command.run("--version").text().startsWith("Poolshim 0."));
        assertTrue(Command.run("--print-settings", "pool.max-size=7").text().contains("poolshim.pool.max-size = 7"));
    }
}
