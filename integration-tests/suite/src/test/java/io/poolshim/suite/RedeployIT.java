package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A web application that is deployed again and again on a Tomcat with its leak prevention: nothing of an undeployed one
 * may stay, be it a class loader, a thread or a session. What is collected is what would have been without the agent.
 */
class RedeployIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FEW_THREADS = 5; // the exporter has some from the first spans on; a leak has one each time
    private static final String DATABASE = "redeploy";
    private static final Path WORK = Lab.workFolder("redeploy");
    private static Path server;
    private static Path withDriver;
    private static Path withoutDriver;
    private static Path withOpenTelemetry;
    private static Path withMetrics;

    /** What is left at the end, and how many visits showed that there was a pool. */
    private record Remains(int loaders, int visitsPooled) {}

    /** A hundred, if time is no matter; what one JVM does not show in ten another will not, either. */
    private static int redeploys(Jdk jdk) {
        return Lab.full() && jdk.equals(Jdks.current()) ? 100 : 10;
    }

    /** On Java 8 the driver's own cleaner lives on for half a minute, each time. */
    static List<Jdk> jdks() {
        return Lab.full() ? Stream.of(Jdks.oldest(), Jdks.current()).distinct().toList() : List.of(Jdks.current());
    }

    @BeforeAll
    static void build() {
        server = Deployments.server(WORK.resolve("server"));
        withDriver = Deployments.webapp(WORK.resolve("with-driver"), Lab.driver());
        List<Path> libraries = new ArrayList<>(OtelJars.of(OtelJars.NEWEST));
        libraries.add(Lab.driver());
        withOpenTelemetry = Deployments.webapp(WORK.resolve("with-otel"), libraries.toArray(new Path[0]));
        withMetrics = Deployments.webapp(WORK.resolve("with-metrics"), libraries.toArray(new Path[0]));
        SourceCompiler.compile("webapp-otel", 8, withMetrics.resolve("WEB-INF/classes"), libraries);
        withoutDriver = Deployments.webapp(WORK.resolve("without-driver"));
        Lab.freshDatabase(DATABASE);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withoutTheAgent_nothingStays(Jdk jdk) {
        try (Deployments tomcat = start(child(jdk), "plain", withDriver)) {
            assertEquals(
                    new Remains(0, 0),
                    redeploy(tomcat, redeploys(jdk), "without the agent, Java " + jdk.major(), 0, 0));
            tomcat.stop().mustSucceed();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void ownDriver_nothingStays(Jdk jdk) {
        assertEquals(new Remains(0, redeploys(jdk)), pooled(jdk, "own", withDriver, child(jdk), 0, 0));
    }

    /** Spans are linked to its API. */
    @ParameterizedTest
    @MethodSource("jdks")
    void ownOpenTelemetry_nothingStays(Jdk jdk) {
        assertEquals(new Remains(0, redeploys(jdk)), pooled(jdk, "own-otel", withOpenTelemetry, child(jdk), 0, 0));
    }

    /** Its SDK, each time another one, has the metrics of all its connections, and they go with it. */
    @ParameterizedTest
    @MethodSource("jdks")
    void ownMetrics_nothingStays(Jdk jdk) {
        assumeTrue(Lab.full());
        assertEquals(new Remains(0, redeploys(jdk)), pooled(jdk, "own-metrics", withMetrics, child(jdk), 0, 0));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void ownDriverAndMinIdle_nothingStays(Jdk jdk) {
        assumeTrue(Lab.full());
        ChildJvm child = child(jdk).property("poolshim.pool.min-idle", 1);
        assertEquals(new Remains(0, redeploys(jdk)), pooled(jdk, "own-min-idle", withDriver, child, 0, 0));
    }

    /** Unpooled, the driver itself closes what became unreachable. */
    @ParameterizedTest
    @MethodSource("jdks")
    void connectionsNeverClosed_nothingStays(Jdk jdk) {
        ChildJvm child = child(jdk).property("app.forget", true);
        assertEquals(new Remains(0, redeploys(jdk)), pooled(jdk, "forgotten", withDriver, child, 0, 0));
    }

    /** The pool is the driver's, so it outlives the applications, and one finds the session of another. */
    @ParameterizedTest
    @MethodSource("jdks")
    void sharedDriver_onlyItsPoolStays(Jdk jdk) {
        int loaders = keptByTheDriver(jdk);
        assertEquals(
                new Remains(loaders, redeploys(jdk)), pooled(jdk, "shared", withoutDriver, child(jdk), loaders, 1));
    }

    /** One connection may have been opened to be idle while the other was borrowed. */
    @ParameterizedTest
    @MethodSource("jdks")
    void sharedDriverAndMinIdle_onlyItsPoolStays(Jdk jdk) {
        assumeTrue(Lab.full());
        ChildJvm child = child(jdk).property("poolshim.pool.min-idle", 1);
        int loaders = keptByTheDriver(jdk);
        assertEquals(
                new Remains(loaders, redeploys(jdk)), pooled(jdk, "shared-min-idle", withoutDriver, child, loaders, 2));
    }

    /**
     * On Java 8 the driver has a thread while one of its connections is open, and that keeps the security context of the
     * first request; on later ones it is the JVM's own cleaner thread.
     */
    private static int keptByTheDriver(Jdk jdk) {
        return jdk.major() == 8 ? 1 : 0;
    }

    private static ChildJvm child(Jdk jdk) {
        return Lab.settings(ChildJvm.on(jdk), Lab.server(), DATABASE)
                .jvmArgs("-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0") // what is kept softly is not kept
                .timeout(Duration.ofMinutes(10));
    }

    private static Remains pooled(Jdk jdk, String name, Path webapp, ChildJvm child, int loaders, int sessions) {
        Path report = WORK.resolve(name + "-" + jdk.major() + ".json");
        try (Deployments tomcat = start(AgentRun.equip(child, report), name + "-" + jdk.major(), webapp)) {
            Remains remains = redeploy(tomcat, redeploys(jdk), name + ", Java " + jdk.major(), loaders, sessions);
            ChildResult result = tomcat.stop();
            new AgentRun(result, Report.read(report)).mustBeClean().mustHavePooled();
            if (webapp.equals(withMetrics)) {
                List<String> told = result.stdoutLines().stream()
                        .filter(line -> line.startsWith("waits: "))
                        .toList();
                assertEquals(Collections.nCopies(redeploys(jdk), "waits: 5"), told);
            }
            return remains;
        }
    }

    private static Deployments start(ChildJvm child, String name, Path webapp) {
        Path[] shared = !webapp.equals(withoutDriver) ? new Path[0] : new Path[] {Lab.driver()};
        return Deployments.start(child, server, WORK.resolve("base-" + name), webapp, shared);
    }

    private static Remains redeploy(Deployments tomcat, int redeploys, String how, int loaders, int sessions) {
        int pooled = deployOnce(tomcat);
        List<String> before = tomcat.threads();
        tomcat.undeploy();
        for (int i = 1; i < redeploys; i++) {
            pooled += deployOnce(tomcat);
            tomcat.undeploy();
        }
        int left = tomcat.loaders(loaders);
        Await.until("no more sessions than " + sessions, PATIENCE, () -> sessions() <= sessions);
        System.out.println(redeploys + " deployments " + how + ": " + left + " loaders and " + sessions()
                + " sessions left; threads before " + before.size() + ", after "
                + tomcat.threads().size());
        int most = before.size() + FEW_THREADS;
        Await.until(
                "no more threads than " + before,
                PATIENCE,
                () -> tomcat.threads().size() <= most);
        return new Remains(left, pooled);
    }

    /** 1 if two connections of the request were one session. */
    private static int deployOnce(Deployments tomcat) {
        tomcat.deploy();
        List<String> sessions = List.of(tomcat.visit());
        return Set.copyOf(sessions).size() < sessions.size() ? 1 : 0;
    }

    private static int sessions() {
        try {
            return Lab.server().currentConnections(DATABASE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
