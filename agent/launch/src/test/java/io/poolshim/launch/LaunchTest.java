package io.poolshim.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.bootstrap.BootstrapSeam;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {
    private static final String MODE = "poolshim.mode";
    private static final String FILE = "poolshim.config";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true));
        Launch.inactive("nothing that a test does"); // what another test has told is to be told again
        written.reset();
    }

    private String written() {
        return new String(written.toByteArray(), StandardCharsets.UTF_8);
    }

    @AfterEach
    void restore() {
        System.setErr(stderr);
        System.clearProperty(MODE);
        System.clearProperty(FILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode=off",
                "a=b,mode=off",
                " mode = OFF ",
                "mode=off,a=b",
                "a=b, mode=off ,c=d",
                "mode=off,config= "
            })
    void isOff_byArgument(String arguments) {
        assertTrue(Launch.isOff(arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode=pool",
                "report=mode=off.json",
                "xmode=off",
                "mode=offline",
                "telemetry=off",
                "mode=off, config=a"
            })
    void isOff_notByAnythingElse(String arguments) {
        assertFalse(Launch.isOff(arguments));
    }

    @Test
    void isOff_bySystemPropertyWhichWins() {
        assertFalse(Launch.isOff(null));
        System.setProperty(MODE, " Off ");
        assertTrue(Launch.isOff(null));
        System.setProperty(MODE, "pool");
        assertFalse(Launch.isOff("mode=off"));
    }

    @Test
    void isOff_notForGoodIfAFileMaySayOtherwise() {
        System.setProperty(FILE, "a");
        assertFalse(Launch.isOff("mode=off"));
        System.setProperty(FILE, " ");
        assertTrue(Launch.isOff("mode=off,config=a"));
        System.setProperty(FILE, "a");
        System.setProperty(MODE, "off"); // wins over the file
        assertTrue(Launch.isOff(null));
    }

    @Test
    void isGiven_whereverItStandsAndWhateverItIs() {
        for (String arguments : new String[] {
            "admin.port=1",
            "a=b, admin.port = 0",
            "admin.port=9,config=x",
            "poolshim.admin.port=1",
            "a=b, poolshim.admin.port =1,c=d"
        }) {
            assertTrue(Launch.isGiven("admin.port", arguments), arguments);
        }
        for (String arguments : new String[] {
            null, "", "admin.portal=1", "xadmin.port=1", "a=admin.port", "adminXport=1", "poolshimXadmin.port=1"
        }) {
            assertFalse(Launch.isGiven("admin.port", arguments), arguments);
        }
        System.setProperty("poolshim.admin.port", "1");
        try {
            assertTrue(Launch.isGiven("admin.port", null));
        } finally {
            System.clearProperty("poolshim.admin.port");
        }
    }

    @Test
    void premain_doesNothingWhenOff() {
        PoolshimAgent.premain("mode=off", null);
        assertEquals("", written());
    }

    @Test
    void premain_neverThrows() {
        PoolshimAgent.premain(null, null); // there is no agent's jar here, and no JVM to talk to
        assertTrue(written().startsWith("[poolshim] not active, the application runs unpooled: "));
        assertEquals(1, written().trim().split("\\R").length, written());
    }

    @Test
    void inactive_saysTheReasonInOneLine() {
        Launch.inactive(new InvocationTargetException(new IllegalStateException("java.sql is closed")));
        String line = written().trim();
        assertTrue(line.contains("java.lang.IllegalStateException: java.sql is closed"), line);
        assertTrue(line.contains("-Dpoolshim.mode=off"), line);
    }

    @Test
    void inactive_isToldOnceForOneReason() {
        Launch.inactive("poolshim.admin.port=x is not permitted"); // by the admin port's thread
        Launch.inactive(new InvocationTargetException(new IllegalStateException("java.sql is closed")));
        Launch.inactive(new InvocationTargetException(new IllegalStateException("java.sql is closed")));
        assertEquals(2, written().trim().split("\\R").length, written());
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17, disabledReason = "later ones permit no SecurityManager unless asked")
    @SuppressWarnings({"removal", "deprecation"})
    void reason_namesTheSecurityManagerThatForbidsIt() {
        SecurityException denied = new SecurityException("access denied");
        assertTrue(Launch.reason(denied).contains("SecurityException"), Launch.reason(denied));
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkPermission(java.security.Permission permission) {}
        });
        try {
            assertEquals(
                    "a SecurityManager is installed, and with one every call passes through: leave out either it or the agent"
                            + " (access denied)",
                    Launch.reason(denied));
        } finally {
            System.setSecurityManager(null);
        }
    }

    @Test
    void transformer_leavesOtherClassesAlone() {
        DriverManagerTransformer transformer = new DriverManagerTransformer(null, false);
        assertNull(transformer.transform(null, "java/sql/Driver", null, null, new byte[0]));
        assertNull(transformer.transform(null, null, null, null, new byte[0]), "a class without a name");
    }

    @Test
    void transformer_neverThrows() {
        DriverManagerTransformer transformer = new DriverManagerTransformer(null, false);
        assertNull(transformer.transform(null, "java/sql/DriverManager", null, null, new byte[0]));
        assertTrue(written().startsWith("[poolshim] not active"), written());
    }

    @Test
    void bootstrapSeam_letsEverythingPassWithoutAnAgent() {
        BootstrapSeam.poolshim$driversChanged();
        assertNull(BootstrapSeam.poolshim$enter("jdbc:x", null, null));
        assertNull(BootstrapSeam.poolshim$enter("jdbc:x", null, null));
    }
}
