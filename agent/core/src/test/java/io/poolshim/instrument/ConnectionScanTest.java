package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.session.PostgresProfile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** What is decided about the driver that the agent is built with. */
class ConnectionScanTest {
    private static final Set<String> WOVEN = new TreeSet<>(Arrays.asList(
            "borrowCallableQuery",
            "borrowQuery",
            "borrowReturningQuery",
            "getParameterStatus",
            "getParameterStatuses",
            "getTimer",
            "lockCondition",
            "obtainLock"));

    private ConnectionScan scan;

    @BeforeEach
    void scan() throws IOException {
        scan = scan(PgConnection.class);
    }

    private static ConnectionScan scan(Class<?> type) throws IOException {
        byte[] bytes = Bytes.of(type);
        return new ConnectionScan(bytes, new PostgresProfile().shellFields());
    }

    private Set<String> delegated() {
        Set<String> names = new TreeSet<>();
        for (ConnectionScan.Member member : scan.delegated()) {
            names.add(member.key());
        }
        return names;
    }

    private static boolean has(Set<String> keys, String name) {
        return keys.stream().anyMatch(key -> key.startsWith(name + "("));
    }

    @Test
    void leaks_areNone() {
        assertEquals(Collections.emptyList(), scan.leaks());
    }

    @Test
    void delegated_isWhatTouchesTheSession() {
        Set<String> delegated = delegated();
        for (String name : new String[] {
            "setAutoCommit", "getAutoCommit", "commit", "setReadOnly", "setHoldability", "setClientInfo", "isValid"
        }) {
            assertTrue(has(delegated, name), name + " not in " + delegated);
        }
    }

    @Test
    void delegated_isNothingThatMakesStatementsOrMetadata() {
        Set<String> delegated = delegated();
        for (String name : new String[] {"createStatement", "prepareStatement", "prepareCall", "getMetaData"}) {
            assertFalse(has(delegated, name), name);
        }
        Set<String> inherited = new TreeSet<>();
        for (ConnectionScan.Member member : scan.inherited(Collections.singleton("prepareStatement"))) {
            inherited.add(member.key());
        }
        assertTrue(
                inherited.contains("prepareStatement(Ljava/lang/String;III)Ljava/sql/PreparedStatement;"),
                inherited::toString);
    }

    /** An override of what can be overridden, and no other. */
    @Test
    void delegated_isOverridable() {
        for (ConnectionScan.Member member : scan.delegated()) {
            assertTrue(member.isOverridable(), member.key());
            assertFalse(Modifier.isStatic(member.access), member.key());
        }
    }

    @Test
    void woven_isEveryFinalMethodThatTouchesFieldsAndPrivateOnesThatShellsReach() {
        Set<String> woven = new TreeSet<>();
        for (String key : scan.woven()) {
            woven.add(key.substring(0, key.indexOf('(')));
        }
        assertEquals(WOVEN, woven);
    }

    /** No final or private method with a field in it may be forgotten: on a shell it would see null. */
    @Test
    void woven_orDelegatedOrUntouched() {
        Set<String> woven = scan.woven();
        List<String> finals = new ArrayList<>();
        for (Method method : PgConnection.class.getDeclaredMethods()) {
            int modifiers = method.getModifiers();
            String key = method.getName() + Type.getMethodDescriptor(method);
            if (Modifier.isFinal(modifiers) && !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers)) {
                finals.add(key);
            }
        }
        assertFalse(finals.isEmpty());
        assertTrue(woven.containsAll(finals), () -> finals + " not all in " + woven);
    }

    @Test
    void creators_areWhereTheDriverMakesItsStatements() {
        Set<String> creators = new TreeSet<>();
        for (ConnectionScan.Member member : scan.creators(new PostgresProfile().statementFactories())) {
            creators.add(member.key());
        }
        assertTrue(creators.contains("createStatement(III)Ljava/sql/Statement;"), creators::toString);
        assertTrue(
                creators.contains("prepareCall(Ljava/lang/String;III)Ljava/sql/CallableStatement;"),
                creators::toString);
        assertFalse(creators.contains("createStatement()Ljava/sql/Statement;"), "ends in the one with three");
    }

    @Test
    void exposedFields_areThoseOfTheProfile() {
        assertEquals(new PostgresProfile().exposedFields(), scan.exposedFields());
    }

    @Test
    void className_isTheInternalName() {
        assertEquals("org/postgresql/jdbc/PgConnection", scan.className());
        assertTrue(scan.has("abort(Ljava/util/concurrent/Executor;)V"));
        assertFalse(scan.has("abort(I)V"));
    }

    @Test
    void constructor_refusesAClassOfAnotherShape() {
        assertThrows(IllegalStateException.class, () -> scan(java.util.ArrayList.class));
        assertThrows(IllegalStateException.class, () -> scan(String.class));
    }

    @Test
    void weaver_swapsThisInTheWovenMethodsAndLeavesOtherClassesAlone() throws IOException {
        FinalMethodWeaver weaver = new FinalMethodWeaver();
        byte[] original = Bytes.of(PgConnection.class);
        String name = "org/postgresql/jdbc/PgConnection";
        assertEquals(null, weaver.transform(null, name, PgConnection.class, null, original), "not asked yet");
        weaver.weave(PgConnection.class, scan.woven(), new PostgresProfile());
        byte[] woven = weaver.transform(null, name, PgConnection.class, null, original);
        Set<String> callers = new TreeSet<>(Bytes.callers(woven, "org/postgresql/jdbc/PoolshimLoan", "physical"));
        Set<String> readers = Bytes.callers(woven, "org/postgresql/jdbc/PoolshimLoan", "facts");
        assertEquals(2, readers.size(), "obtainLock and lockCondition, which a closed connection must have, too");
        callers.addAll(readers);
        assertEquals(new TreeSet<>(scan.woven()), callers);
        assertEquals(new ClassReader(original).getAccess(), new ClassReader(woven).getAccess());
        assertEquals(null, weaver.transform(null, name, null, null, original), "another loader's, being loaded");
    }
}
