package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.poolshim.log.Log;
import io.poolshim.observe.DriverNames;
import io.poolshim.redirect.OwnClasses;
import java.io.IOException;
import java.sql.Connection;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

class DriverNamesWatchTest {
    static class Casts {
        boolean isOne(Connection c) {
            return c instanceof PGConnection;
        }

        Class<?> array() {
            return BaseConnection[][].class;
        }
    }

    static class Copies {
        CopyManager through(Connection c) throws Exception {
            CopyManager manager = new CopyManager((BaseConnection) c);
            manager.copyIn("COPY t FROM STDIN");
            return ((PGConnection) c).getCopyAPI();
        }

        long wide() {
            return 1234567890123L + Double.doubleToLongBits(1.25e300);
        }
    }

    interface PassesOn {
        PGConnection same(PGConnection given);

        String NAME = "org.postgresql.Driver";
    }

    private final DriverNames names = new DriverNames();
    private final DriverNamesWatch watch = watch();

    private DriverNamesWatch watch() {
        try {
            return new DriverNamesWatch(new OwnClasses(), names);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void loads(String name, byte[] file) {
        byte[] before = file.clone();
        assertNull(watch.transform(getClass().getClassLoader(), name, null, null, file));
        assertArrayEquals(before, file);
    }

    private void loads(Class<?> type) throws IOException {
        loads("com/example/" + type.getSimpleName(), Bytes.of(type));
    }

    @Test
    void castsAndCalls_areNoted() throws IOException {
        loads(Casts.class);
        loads(Copies.class);
        assertEquals(
                "{com.example.Casts={org.postgresql.PGConnection=[], org.postgresql.core.BaseConnection=[]},"
                        + " com.example.Copies={org.postgresql.PGConnection=[getCopyAPI],"
                        + " org.postgresql.copy.CopyManager=[copyIn, new], org.postgresql.core.BaseConnection=[]}}",
                names.all().toString());
    }

    @Test
    void whatIsOnlyPassedOn_isNot() throws IOException {
        loads(PassesOn.class);
        loads(String.class);
        assertEquals(Collections.emptyMap(), names.all());
    }

    @Test
    void librariesPoolsAndDrivers_areNot() throws IOException {
        byte[] file = Bytes.of(Copies.class);
        loads("org/springframework/jdbc/Support", file);
        loads("com/zaxxer/hikari/pool/PoolBase", file);
        loads("com/mchange/v2/c3p0/Pool", file);
        loads("org/vibur/dbcp/Pool", file);
        loads("org/postgresql/ds/Source", file);
        loads("org/h2/Server", file);
        loads("io/poolshim/wrap/Borrowing", file);
        assertNull(watch.transform(null, "com/example/Boot", null, null, file));
        assertNull(watch.transform(getClass().getClassLoader(), null, null, null, file));
        assertEquals(Collections.emptyMap(), names.all());
        loads("io/poolshim/programs/Casts", file);
        assertEquals(
                Collections.singleton("io.poolshim.programs.Casts"), names.all().keySet());
    }

    @Test
    void otherDrivers_areKnown() {
        byte[] file = new byte[] {
            0, 0, 0, 0, 0, 0, 0, 52, 0, 3, 1, 0, 12, 'o', 'r', 'g', '/', 'h', '2', '/', 'A', 'p', 'i', '/', 'X', 7, 0, 1
        };
        loads("com/example/Other", file);
        assertEquals("{com.example.Other={org.h2.Api.X=[]}}", names.all().toString());
    }

    @Test
    void garbage_isNothingOrSwallowed() throws IOException {
        byte[] file = Bytes.of(Copies.class);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = java.util.Arrays.copyOf(file, random.nextInt(file.length + 1));
            for (int j = random.nextInt(20); j > 0 && broken.length > 0; j--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            assertNull(watch.transform(getClass().getClassLoader(), "com/example/Broken", null, null, broken));
        }
        long before = Log.swallowedCount();
        watch.tellFailure();
        watch.tellFailure();
        assertEquals(before + 1, Log.swallowedCount());
    }

    @Test
    void newerConstants_areNothingToBeTold() throws IOException {
        loads("com/example/Newer", new byte[] {0, 0, 0, 0, 0, 0, 0, 99, 0, 2, 33, 0, 1});
        long before = Log.swallowedCount();
        watch.tellFailure();
        assertEquals(before, Log.swallowedCount());
        assertEquals(new TreeSet<String>(), names.all().keySet());
    }
}
