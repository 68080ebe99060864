package io.poolshim.suite;

import io.poolshim.programs.Programs;
import io.poolshim.programs.TwinRunner;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All twin programs, run once in one child JVM: what each printed, and the run itself. */
record TwinRun(Map<String, List<String>> sections, AgentRun run) {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Map<List<Object>, TwinRun> UNPOOLED = new ConcurrentHashMap<>();

    /** The programs of these themes as they run without us, or all if none is named; once for each JDK. */
    static TwinRun unpooled(Jdk jdk, String... themes) {
        return UNPOOLED.computeIfAbsent(List.of(jdk, List.of(themes)), key -> runUnpooled(jdk, themes));
    }

    private static TwinRun runUnpooled(Jdk jdk, String... themes) {
        ChildResult result = child(jdk).args(names(themes)).run().mustSucceed();
        return new TwinRun(sections(result.stdout()), new AgentRun(result, new Report(Map.of())));
    }

    /** The same with the agent, and further system properties; only the programs of these themes, if any are named. */
    static TwinRun pooled(Jdk jdk, Map<String, String> settings, String... themes) {
        Path report =
                Lab.workFolder("twins-" + jdk.major() + settings.hashCode()).resolve("report.json");
        ChildJvm child = AgentRun.equip(child(jdk), report).args(names(themes));
        settings.forEach(child::property);
        AgentRun run = AgentRun.of(child, report);
        return new TwinRun(sections(run.child().stdout()), run);
    }

    private static ChildJvm child(Jdk jdk) {
        return twinServer(jdk)
                .classPath(Lab.programs(), Lab.driver())
                .mainClass(TwinRunner.class.getName())
                .timeout(TIMEOUT);
    }

    /** The programs whose names start with one of these, as modules. */
    static TwinRun modular(Jdk jdk, boolean pooled, String... themes) {
        ChildJvm child = twinServer(jdk)
                .modulePath(List.of(Lab.programs(), Lab.driver()))
                .jvmArgs("--add-modules", "ALL-MODULE-PATH,java.se,jdk.unsupported,jdk.httpserver")
                .module("poolshim.programs/" + TwinRunner.class.getName())
                .args(names(themes))
                .timeout(TIMEOUT);
        Path report = Lab.workFolder("modular-twins-" + jdk.major()).resolve("report.json");
        AgentRun run = pooled
                ? AgentRun.of(AgentRun.equip(child, report), report)
                : new AgentRun(child.run().mustSucceed(), new Report(Map.of()));
        return new TwinRun(sections(run.child().stdout()), run);
    }

    private static String[] names(String... themes) {
        return Programs.ALL.keySet().stream()
                .filter(name -> themes.length == 0 || List.of(themes).contains(theme(name)))
                .toArray(String[]::new);
    }

    /** What stands before the dot of a program's name. */
    static String theme(String name) {
        return name.split("\\.", 2)[0];
    }

    private static ChildJvm twinServer(Jdk jdk) {
        return Lab.settings(ChildJvm.on(jdk), Server.TWINS, Lab.freshDatabase(Server.TWINS, "twin"));
    }

    /** Transaction managers need prepared transactions, leaks need places. */
    private static final class Server {
        static final PostgresServer TWINS = Lab.withUsers(
                PostgresServer.start(Map.of("max_connections", "200", "max_prepared_transactions", "20")));
    }

    static Map<String, List<String>> sections(String output) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (line.startsWith("=== ")) {
                current = new ArrayList<>();
                sections.put(line.substring("=== ".length()), current);
            } else {
                current.add(line);
            }
        }
        return sections;
    }

    /** The programs both ran that did not print the same. */
    List<String> differingFrom(TwinRun other) {
        return sections.keySet().stream()
                .filter(other.sections::containsKey)
                .filter(name -> !sections.get(name).equals(other.sections.get(name)))
                .toList();
    }
}
