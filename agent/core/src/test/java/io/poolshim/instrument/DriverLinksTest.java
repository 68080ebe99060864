package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.session.PostgresProfile;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** What the agent's classes name of a driver, and what it has. */
class DriverLinksTest {
    private static final String ROOT = "org/postgresql/";

    private static byte[] driverClass(String name) throws IOException {
        return Bytes.of(forName(name));
    }

    private static Class<?> forName(String internalName) throws IOException {
        try {
            return Class.forName(internalName.replace('/', '.'), false, PgConnection.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static Set<String> missing(DriverLinks.Source source) throws IOException {
        DriverLinks links = new DriverLinks(ROOT, source);
        Set<String> missing = new TreeSet<>();
        for (String helper : new PostgresProfile().helperClasses()) {
            missing.addAll(links.missing(driverClass(ROOT + "jdbc/" + helper)));
        }
        return missing;
    }

    @Test
    void missing_isNothingOfTheDriverThatTheyAreCompiledWith() throws IOException {
        assertEquals(Collections.emptySet(), missing(DriverLinksTest::driverClass));
    }

    /** A class that has members of another one stands for a version that has lost its own. */
    @Test
    void missing_namesWhatAClassDoesNotHave() throws IOException {
        Set<String> missing = missing(
                name -> driverClass(name.endsWith("/PGStream") ? ROOT + "core/VisibleBufferedInputStream" : name));
        assertEquals(
                new TreeSet<>(java.util.Arrays.asList(
                        "org.postgresql.core.PGStream.flush()V",
                        "org.postgresql.core.PGStream.getSocket()Ljava/net/Socket;",
                        "org.postgresql.core.PGStream.peekChar()I",
                        "org.postgresql.core.PGStream.send([B)V")),
                missing);
    }

    @Test
    void missing_namesTheMembersOfAClassThatIsNotThere() throws IOException {
        Set<String> missing = missing(name -> name.endsWith("/HostSpec") ? null : driverClass(name));
        assertEquals(
                new TreeSet<>(java.util.Arrays.asList(
                        "org.postgresql.util.HostSpec.getHost()Ljava/lang/String;",
                        "org.postgresql.util.HostSpec.getPort()I")),
                missing);
    }
}
