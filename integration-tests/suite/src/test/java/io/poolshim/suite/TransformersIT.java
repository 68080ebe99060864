package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.BusyApplication;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside a second agent that transforms the same classes, in either order of the flags. */
class TransformersIT {
    private static final Path WORK = Lab.workFolder("transformers");
    private static final Pattern MEDDLED = Pattern.compile("meddler: retransformed (\\d+) redefined (\\d+) of 4");
    private static final List<Jdk> JDKS = Lab.jdksUnderTest("a second agent");
    private static Path meddler;

    static List<Jdk> jdks() {
        return JDKS;
    }

    @BeforeAll
    static void buildMeddler() {
        Path classes = SourceCompiler.compile("meddler", 8, WORK.resolve("classes"), List.of());
        meddler = SourceCompiler.agentJar(classes, WORK.resolve("meddler.jar"), "meddler.Meddler");
        Lab.freshDatabase("transformers");
    }

    /** The second agent does no harm by itself: what fails below is between the two. */
    @ParameterizedTest
    @MethodSource("jdks")
    void meddlerAlone_works(Jdk jdk) {
        mustHaveMeddled(busy(jdk).agent(meddler).run());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void meddlerAfterUs_changesNothing(Jdk jdk) {
        mustHaveMeddled(
                pooled(jdk, "after", child -> child.agent(Lab.agentJar()).agent(meddler)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void meddlerBeforeUs_changesNothing(Jdk jdk) {
        mustHaveMeddled(pooled(jdk, "before", child -> child.agent(meddler).agent(Lab.agentJar())));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void driverManagerLoadedBeforeUs_isPooledAllTheSame(Jdk jdk) {
        pooled(jdk, "early", child -> child.agent(meddler, "early").agent(Lab.agentJar()));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void driverManagerLoadedBeforeUsAndMeddler_isPooledAllTheSame(Jdk jdk) {
        mustHaveMeddled(pooled(
                jdk,
                "early-meddler",
                child -> child.agent(meddler, "early").agent(Lab.agentJar()).agent(meddler)));
    }

    private static ChildJvm busy(Jdk jdk) {
        return Lab.child(jdk, "transformers", BusyApplication.class).property("app.seconds", 2);
    }

    private static ChildResult pooled(Jdk jdk, String name, UnaryOperator<ChildJvm> agents) {
        Path report = WORK.resolve(name + "-" + jdk.major() + ".json");
        ChildJvm child = agents.apply(AgentRun.telemetryAndReport(busy(jdk), report));
        return AgentRun.of(child, report).mustBeClean().mustHavePooled().child();
    }

    private static void mustHaveMeddled(ChildResult result) {
        result.mustSucceed();
        assertFalse(result.stderr().contains("meddler failed"), result::toString);
        Matcher matcher = MEDDLED.matcher(result.stderr());
        assertTrue(matcher.find(), result::toString);
        System.out.println(matcher.group());
    }
}
