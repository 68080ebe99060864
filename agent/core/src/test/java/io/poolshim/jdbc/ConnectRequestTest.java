package io.poolshim.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.DriverManager;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectRequestTest {
    private final ClassLoader context = new ClassLoader() {};
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private static ConnectRequest from(Class<?> caller) {
        return new ConnectRequest("jdbc:postgresql://host/db?password=s3cret", new Properties(), caller);
    }

    @Test
    void driverLoader_isTheCallers() {
        Thread.currentThread().setContextClassLoader(context);
        assertSame(getClass().getClassLoader(), from(getClass()).driverLoader());
        assertTrue(from(getClass()).isDriverLoaderFixed());
    }

    @Test
    void driverLoader_ofTheJvmsOwnCallersIsTheContextLoader() {
        Thread.currentThread().setContextClassLoader(context);
        for (Class<?> caller : new Class<?>[] {null, String.class, DriverManager.class}) {
            assertSame(context, from(caller).driverLoader());
            assertFalse(from(caller).isDriverLoaderFixed());
        }
    }

    @Test
    void toString_hasNoPassword() {
        assertEquals(
                "jdbc:postgresql://host/db for java.lang.String",
                from(String.class).toString());
        assertEquals("null for native code", new ConnectRequest(null, null, null).toString());
    }

    @Test
    void with_changesThePropertiesOnly() {
        Properties other = new Properties();
        ConnectRequest request = from(String.class);
        assertSame(other, request.with(other).info());
        assertSame(request.url(), request.with(other).url());
        assertSame(request.caller(), request.with(other).caller());
    }
}
