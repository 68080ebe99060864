package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallSiteTest {
    /** Of frames written {@code class.method:line}, the innermost first. */
    private static String of(String... frames) {
        return CallSite.of(stack(frames), "org.postgresql.");
    }

    private static StackTraceElement[] stack(String... frames) {
        return Stream.of(frames).map(CallSiteTest::frame).toArray(StackTraceElement[]::new);
    }

    private static StackTraceElement frame(String text) {
        String method = text.substring(0, text.indexOf(':'));
        int dot = method.lastIndexOf('.');
        int line = Integer.parseInt(text.substring(text.indexOf(':') + 1));
        return new StackTraceElement(method.substring(0, dot), method.substring(dot + 1), null, line);
    }

    @Test
    void statement_isTheDriversCaller() {
        assertEquals(
                "legacy.Dao.load:17",
                of(
                        "io.poolshim.journal.Journal.ended:1",
                        "io.poolshim.wrap.BorrowedConnection.apply:2",
                        "org.postgresql.jdbc.PoolshimLoan.queryEnded:3",
                        "org.postgresql.jdbc.PgStatement.executeQuery:4",
                        "legacy.Dao.load:17",
                        "legacy.Main.main:5"));
    }

    @Test
    void borrow_isDriverManagersCaller() {
        assertEquals(
                "legacy.Dao.connect:17",
                of(
                        "io.poolshim.journal.Journal.borrowed:1",
                        "io.poolshim.redirect.Redirector.apply:2",
                        "java.lang.invoke.Invokers$Holder.linkToTargetMethod:-1",
                        "java.sql.DriverManager.poolshim$enter:-1",
                        "java.sql.DriverManager.getConnection:681",
                        "java.sql.DriverManager.getConnection:190",
                        "legacy.Dao.connect:17"));
    }

    @Test
    void proxies_reflectionAndThePlatformAreLeftOut() {
        assertEquals(
                "legacy.Dao.load:17",
                CallSite.of(
                        stack(
                                "io.poolshim.journal.Journal.ended:1",
                                "io.poolshim.proxy.Wrapper.invoke:1",
                                "com.sun.proxy.$Proxy7.executeQuery:-1",
                                "jdk.internal.reflect.NativeMethodAccessorImpl.invoke0:-2",
                                "java.lang.reflect.Method.invoke:3",
                                "sun.reflect.GeneratedMethodAccessor1.invoke:-1",
                                "legacy.Dao.load:17"),
                        ""));
    }

    @Test
    void application_mayHaveAPackageOfTheAgentsName() {
        assertEquals(
                "io.poolshim.demo.Main.main:3",
                of(
                        "io.poolshim.wrap.A.b:1",
                        "org.postgresql.jdbc.PgStatement.execute:2",
                        "io.poolshim.demo.Main.main:3"));
    }

    @Test
    void application_mayHaveNoLineNumbers() {
        assertEquals("a.B.c", of("org.postgresql.jdbc.PgStatement.execute:2", "a.B.c:-1"));
    }

    @Test
    void noApplication_isNoCallSite() {
        assertNull(of("io.poolshim.reclaim.LeakWatch.reclaim:1", "java.lang.Thread.run:2"));
        assertNull(of());
    }

    @Test
    void driver_isKnownByTheFirstTwoPartsOfItsName() {
        assertEquals("java.lang.", CallSite.driverOf(String.class));
        assertEquals("io.poolshim.", CallSite.driverOf(CallSite.class));
    }
}
