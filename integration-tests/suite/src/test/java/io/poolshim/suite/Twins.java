package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.IsolatedLoader;
import io.poolshim.programs.Programs;
import io.poolshim.programs.TwinRunner;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.PgBouncer;
import io.poolshim.testbed.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The twin programs without and with the agent, under conditions of one test: another driver, another server. */
final class Twins {
    private final Jdk jdk;
    private final List<String> programs = new ArrayList<>(Programs.ALL.keySet());
    private Path driver = Lab.driver();
    private PostgresServer server = Lab.server();
    private String reset = "auto";
    private PgBouncer bouncer;
    private String parameters = "";
    private boolean isolated;
    private TwinRun unpooled;
    private TwinRun pooled;

    private Twins(Jdk jdk) {
        this.jdk = jdk;
    }

    static Twins on(Jdk jdk) {
        return new Twins(jdk);
    }

    Twins driver(Path jar) {
        this.driver = jar;
        return this;
    }

    Twins server(PostgresServer other) {
        this.server = other;
        return this;
    }

    /** Driver and programs in a class loader that takes nothing but Java's own from others. */
    Twins isolated() {
        this.isolated = true;
        return this;
    }

    /** By way of a pooler. The names of prepared statements, which go on counting over borrows, are not compared then. */
    Twins through(PgBouncer pooler) {
        this.bouncer = pooler;
        return this;
    }

    /** One more parameter of the URL. */
    Twins parameter(String nameAndValue) {
        this.parameters += (parameters.isEmpty() ? "?" : "&") + nameAndValue;
        return this;
    }

    /** Sessions proven to be clean are not reset, and statements stay prepared. */
    Twins proven() {
        this.reset = "proven";
        return this;
    }

    /** Only the programs whose names begin so. */
    Twins only(String... prefixes) {
        programs.removeIf(name -> Stream.of(prefixes).noneMatch(name::startsWith));
        return this;
    }

    /** Not the programs whose names begin so. */
    Twins without(String... prefixes) {
        programs.removeIf(name -> Stream.of(prefixes).anyMatch(name::startsWith));
        return this;
    }

    /** Only the programs that lead deep into the driver, or ask much of the server. */
    Twins onlyTheTelling() {
        only(
                "casts.",
                "entrances.",
                "leftovers.",
                "settings.",
                "driver-state.",
                "transactions.",
                "sql-transactions.",
                "statements.",
                "kept.",
                "functions.",
                "batches.",
                "keys.",
                "cursors.",
                "copies.",
                "notify.",
                "large-objects.",
                "metadata.",
                "savepoints.");
        return this;
    }

    /** Runs both; the name is for files. */
    Twins compare(String name) {
        ChildResult alone = child().run().mustSucceed();
        unpooled = new TwinRun(TwinRun.sections(alone.stdout()), new AgentRun(alone, new Report(Map.of())));
        Path report = Lab.workFolder(name).resolve("report.json");
        ChildJvm child = AgentRun.equip(child(), report).property("poolshim.session.reset", reset);
        AgentRun run = AgentRun.of(child, report);
        pooled = new TwinRun(TwinRun.sections(run.child().stdout()), run);
        System.out.printf(
                "twin programs: %s on %s: %d run, %d differ%n",
                name,
                jdk,
                pooled.sections().size() - 1,
                unpooled.differingFrom(pooled).size());
        return this;
    }

    private ChildJvm child() {
        ChildJvm child = Lab.settings(ChildJvm.on(jdk), server, Lab.freshDatabase(server, "twin"))
                .property("app.driverJar", driver)
                .timeout(Duration.ofMinutes(10));
        String database = bouncer == null ? server.url("twin") : bouncer.url("twin");
        child.property("app.url", database + parameters);
        if (isolated) {
            child.classPath(Lab.programs())
                    .mainClass(IsolatedLoader.class.getName())
                    .args(TwinRunner.class.getName());
        } else {
            child.classPath(Lab.programs(), driver).mainClass(TwinRunner.class.getName());
        }
        return child.args(programs.toArray(String[]::new));
    }

    TwinRun pooled() {
        return pooled;
    }

    /** Every program ran both times and printed the same. */
    void mustAgree() {
        List<String> differences = new ArrayList<>();
        unpooled.sections().forEach((name, expected) -> {
            List<String> actual = pooled.sections().getOrDefault(name, List.of("did not run"));
            if (!compared(expected).equals(compared(actual))) {
                differences.add(name + " (- without, + with the agent):\n" + LineDiff.of(expected, actual));
            }
        });
        assertTrue(differences.isEmpty(), () -> String.join("\n", differences) + "\n" + stderr());
    }

    private List<String> compared(List<String> lines) {
        return bouncer == null
                ? lines
                : lines.stream()
                        .map(line -> line.replaceAll("\"S_\\d+\"", "S_n"))
                        .toList();
    }

    private String stderr() {
        return pooled.run().child().stderr();
    }
}
