package io.poolshim.session;

import io.poolshim.jdbc.SqlStates;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the agent asks of a driver, done by a class that it has defined in the driver's own loader and package. Only
 * {@code java.*} types cross the boundary.
 */
@SuppressWarnings("ReturnValueIgnored") // a function, and yet some things are only said to it
public final class DriverOperations {
    private static final Integer[] SECONDS = {0, 1, 2, 3, 4, 5};

    private final DriverProfile profile;
    private final BiFunction<Object, Object, Object> driver;

    public DriverOperations(DriverProfile profile, BiFunction<Object, Object, Object> driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Sets the factory of the executors that statements of a shell use. */
    public void install(Function<Object, Object> executors) {
        driver.apply("install", executors);
    }

    public DriverProfile profile() {
        return profile;
    }

    /** The names of the connection properties that the driver knows; null if they cannot be told. */
    @SuppressWarnings("unchecked")
    public @Nullable Set<String> properties() {
        return (Set<String>) driver.apply("properties", null);
    }

    /** Where an open connection leads to. */
    Address address(Object physical) {
        Object[] parts = (Object[]) driver.apply("address", physical);
        return new Address(profile.system(), (String) parts[0], (Integer) parts[1], (String) parts[2]);
    }

    /** The number of the server's process, as the server gave it at the login; 0 if it gave none. */
    int process(Object physical) {
        return (Integer) driver.apply("process", physical);
    }

    /**
     * Remembers what the login has set in the session, to be set again after each reset. A round trip.
     *
     * @return the session's process, and whether there is more than is remembered
     * @throws IllegalStateException with the driver's exception, if the session does not work
     */
    String[] noteLogin(Object physical, Object state) {
        return (String[]) driver.apply("login", new Object[] {physical, state});
    }

    Object newState(Object physical) {
        return driver.apply("state", physical);
    }

    /** The same for a session to which something is said first; a time zone that is refused is left out. */
    Object newState(Object physical, SessionSettings session) {
        if (session.isEmpty()) {
            return newState(physical);
        }
        String zone = session.timeZone();
        try {
            return driver.apply("session", new Object[] {physical, zone, session.queryTimeout()});
        } catch (IllegalStateException e) {
            if (zone == null || !SqlStates.of(e.getCause()).startsWith("22")) {
                throw e;
            }
            session.timeZoneIsRefused();
            return driver.apply("session", new Object[] {physical, null, session.queryTimeout()});
        }
    }

    /** What is done with an open connection at every borrow: functions, so that nothing is looked up or packed then. */
    ConnectionFunctions functions(Object physical, Object state) {
        return new ConnectionFunctions((Object[]) driver.apply("functions", new Object[] {physical, state}));
    }

    /** What the application gets of a driver that has no shells. */
    public Object connection(Object loan) {
        return driver.apply("connection", loan);
    }

    /** Whether a bound shell works as a connection of this driver does; sends nothing. */
    public boolean probe(Object shell) {
        return (Boolean) driver.apply("probe", shell);
    }

    /** Whether a transaction is open; sends nothing. */
    boolean isInTransaction(Object physical) {
        return (Boolean) driver.apply("transaction", physical);
    }

    /** Whether the server takes writes; null if the connection does not work. A round trip. */
    @Nullable Boolean isPrimary(Object physical, Object state) {
        return (Boolean) driver.apply("primary", new Object[] {physical, state});
    }

    /** The attributes of a connection that turns out to have died; null if it lives. */
    @Nullable Object attributesIfDead(Object physical, Object state, boolean longerLook) {
        return driver.apply("died", new Object[] {physical, state, longerLook});
    }

    void setAttributes(Object physical, Object attributes) {
        driver.apply("attributes", new Object[] {physical, attributes});
    }

    /** The rows of a query, each value as text; null if it fails. A round trip. */
    @SuppressWarnings("unchecked")
    @Nullable List<String[]> rows(Object physical, Object state, String sql) {
        return (List<String[]>) driver.apply("rows", new Object[] {physical, state, sql});
    }

    /** The next restoring of the session is to fail if this statement, run after it, fails. */
    void expect(Object state, String proof) {
        driver.apply("expect", new Object[] {state, proof});
    }

    /** Statements that are clean may stay prepared; a loan asks of each whether it is. */
    void keepStatements(Object state) {
        driver.apply("keep", state);
    }

    boolean isValid(Object physical, Object state, int seconds) {
        return (Boolean) driver.apply("valid", new Object[] {physical, state, SECONDS[Math.min(seconds, 5)]});
    }

    /** Whether the driver could say good-bye does not matter: either way the connection is closed. */
    void close(Object physical, Object state) {
        try {
            driver.apply("close", new Object[] {physical, state});
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof SQLException)) {
                throw e;
            }
        }
    }
}
