package io.poolshim.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.Login;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcernTest {
    private static final Config CONFIG = Config.read(new Properties(), Collections.emptyMap(), null);

    private final Login here = login("admin", "here:5432", "postgres");

    private static Login login(String user, String server, String database) {
        return new Login(user, Collections.singletonList(server), database, 0);
    }

    private static Concern concern(String sql) {
        return new KnownSql(CONFIG, true).verdict(sql).concern();
    }

    @ParameterizedTest
    @CsvSource({
        "DROP DATABASE orders, orders",
        "drop database if exists Orders with (force), orders",
        "'/* tidy */ DROP DATABASE \"Or\"\"ders\"', 'Or\"ders'",
        "CREATE DATABASE copy TEMPLATE orders, orders",
        "CREATE DATABASE copy OWNER me TEMPLATE = \"or-ders\", or-ders",
        "CREATE DATABASE plain, template1",
        "ALTER DATABASE orders RENAME TO old, orders",
        "ALTER DATABASE orders SET work_mem = '1MB', orders",
        "SELECT 1; DROP DATABASE orders; SELECT 2, orders"
    })
    void database_isTheOneNamed(String sql, String database) {
        Concern concern = concern(sql);
        assertTrue(concern.test(here, login("anybody", "here:5432", database)));
        assertFalse(concern.test(here, login("anybody", "here:5432", "other")));
        assertFalse(concern.test(here, login("anybody", "there:5432", database)), "another server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE app SET search_path = x",
                "ALTER USER app WITH PASSWORD 'new'",
                "alter role \"app\" nologin",
                "ALTER ROLE app IN DATABASE orders RESET ALL"
            })
    void role_isTheOneNamed(String sql) {
        Concern concern = concern(sql);
        assertTrue(concern.test(here, login("app", "here:5432", "any")));
        assertFalse(concern.test(here, login("other", "here:5432", "any")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE ALL SET work_mem = '1MB'",
                "ALTER USER CURRENT_USER PASSWORD 'x'",
                "DROP ROLE a, b",
                "REVOKE CONNECT ON DATABASE orders FROM app",
                "ALTER ROLE a SET x = 1; ALTER ROLE b SET x = 1"
            })
    void everybody_ifItCannotBeTold(String sql) {
        Concern concern = concern(sql);
        assertTrue(concern.test(here, login("app", "here:5432", "any")));
        assertFalse(concern.test(here, login("app", "there:5432", "any")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'DROP DATABASE orders'",
                "-- drop database orders",
                "DROP TABLE orders",
                "CREATE TABLE database (a int)",
                "ALTER TABLE orders RENAME TO old",
                "ALTER USER MAPPING FOR me SERVER s OPTIONS (user 'x')",
                "REVOKE SELECT ON orders FROM app",
                "SELECT database FROM template",
                ""
            })
    void nobody_byOrdinaryStatements(String sql) {
        assertNull(concern(sql));
    }

    @Test
    void and_isTheSameAgainOrEverybody() {
        Concern first = concern("DROP DATABASE a");
        assertEquals(first, first.and(null));
        assertEquals(first, first.and(first));
        assertTrue(first.and(concern("DROP DATABASE b")).test(here, login("x", "here:5432", "c")));
    }
}
