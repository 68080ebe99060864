package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.poolshim.programs.IsolatedLoader;
import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Woven code lives where the driver lives: also in a class loader that delegates nothing but what is Java's own. */
class IsolatedLoaderIT {
    private static final Path WORK = Lab.workFolder("isolated");

    static List<Jdk> jdks() {
        return Lab.jdksUnderTest("a signed driver in a class loader that delegates nothing but java.*");
    }

    static List<Jdk> jdksForAllPrograms() {
        return Lab.currentUnlessFull("a class loader that delegates nothing but java.*");
    }

    @ParameterizedTest
    @MethodSource("jdksForAllPrograms")
    void programs_printTheSame(Jdk jdk) {
        Twins twins = Twins.on(jdk)
                .isolated()
                .only("casts.", "copies.", "statements.", "transactions.", "driver-state.", "ownership.")
                .compare("isolated-" + jdk.major());
        twins.mustAgree();
        twins.pooled().run().mustBeClean().mustHavePooled();
        assertFalse(twins.pooled().run().child().toString().contains("NoClassDefFoundError"), twins::toString);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void signedAndSealedDriver_isPooled(Jdk jdk) throws IOException {
        Path driver = SignedJar.sealedAndSigned(Lab.driver(), WORK.resolve("driver-" + jdk.major() + ".jar"));
        Path report = WORK.resolve("signed-" + jdk.major() + ".json");
        ChildJvm child = Lab.settings(ChildJvm.on(jdk), Lab.server(), Lab.freshDatabase("isolated"))
                .property("app.driverJar", driver)
                .property("poolshim.pool.keep-from", 1)
                .classPath(Lab.programs())
                .mainClass(IsolatedLoader.class.getName())
                .args(ReuseProbe.class.getName());
        AgentRun run =
                AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePooled();
        assertEquals(
                5,
                run.child().stdoutLines().stream()
                        .filter("identity: true"::equals)
                        .count());
        assertEquals(
                1,
                run.child().stdoutLines().stream().filter("sessions: 1"::equals).count());
    }
}
