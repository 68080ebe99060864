package io.poolshim.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownSqlTest {
    @Test
    void literals_areQuestionMarksWhateverTheirForm() {
        String sql = "SELECT E'it\\'s SECRET' , U&'SECRET', $t$ ' SECRET $t$, \"a b\", $1 -- SECRET\n"
                + "FROM t /* SECRET /* SECRET */ */ WHERE x='SECRET''SECRET' AND y = B'01' AND \"literal\" = literal";
        assertEquals(
                "SELECT ? , ?, ?, \"a b\", $1 FROM t WHERE x=? AND y = B? AND \"literal\" = literal", ShownSql.of(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90210",
                "9.0210",
                ".90210",
                "90210.",
                "90210e5",
                "9.0210E-5",
                "9.0210e+5",
                "90_210",
                "0x90210",
                "0o210_21",
                "0b1001",
                "90210abc",
                "1.90210e5x"
            })
    void number_isAQuestionMark(String number) {
        assertEquals("SELECT ?, a1 FROM t1", ShownSql.of("SELECT " + number + ", a1 FROM t1"));
        assertEquals("LIMIT -?", ShownSql.of("LIMIT -" + number));
    }

    @Test
    void number_endsWhereTheNextThingBegins() {
        assertEquals("SELECT ?.?, ?+?, ?-?::int", ShownSql.of("SELECT 1..2, 3+4, 0xe-5::int"));
        assertEquals("SELECT ?? FROM t", ShownSql.of("SELECT 1$x$ SECRET $x$ FROM t"));
    }

    /** Where a name can begin and end is decided by bytes on the server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT $\u2013$ ' SECRET $\u2013$, 'SECRET'",
                "SELECT a\u2013$s$ , 'x $s$ SECRET'",
                "SELECT a\u3000$s$ , 'x $s$ SECRET'",
                "SELECT a\u00a0e'\\' , 'SECRET'"
            })
    void nameBeyondAscii_isRead(String sql) {
        assertFalse(ShownSql.of(sql).contains("SECRET"), ShownSql.of(sql));
    }

    @Test
    void stringThatGoesOnInTheNextLine_keepsItsEscapes() {
        assertEquals("SELECT ? ?, a", ShownSql.of("SELECT E'a' -- x\n '\\' SECRET', a"));
        assertEquals("SELECT ? ?", ShownSql.of("SELECT E'a' '\\', 'SECRET'"));
    }

    /** What ends there ends elsewhere if the server, or the role, has standard_conforming_strings off. */
    @Test
    void backslashBeforeAQuotationMark_hidesWhatFollows() {
        assertEquals("SELECT ?", ShownSql.of("SELECT 'it\\'s SECRET', a"));
        assertEquals("SELECT ?, ?", ShownSql.of("SELECT 'C:\\x', 'C:\\', a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '",
                "SELECT 'a'",
                "SELECT ' , 'SECRET' FROM t",
                "SELECT 'O'Brien SECRET'",
                "SELECT 'O'Brien SECRET', 'O'Brien SECRET'",
                "SELECT 'it's SECRET and it's'",
                "SELECT 'a'12",
                "SELECT 'a'E'b'SECRET",
                "SELECT $a$ SECRET $b$"
            })
    void quotationThatIsNone_hidesWhatFollows(String sql) {
        assertEquals("SELECT ?", ShownSql.of(sql));
    }

    @Test
    void openNameInQuotes_hidesWhatFollows() {
        assertEquals("SELECT ?", ShownSql.of("SELECT \"a FROM t WHERE s = 'SECRET'"));
        assertEquals("SELECT a, \"b\"", ShownSql.of("SELECT a, \"b\", \"c FROM t WHERE s = 'SECRET'"));
        assertEquals("SELECT \"?\", a", ShownSql.of("SELECT \"a' , 's\", a"), "it looks too much like literals");
    }

    @Test
    void openComment_isNotShown() {
        assertEquals("SELECT a", ShownSql.of("SELECT a /* b /* SECRET */ 'c'"));
    }

    @Test
    void password_isHiddenHoweverItIsWritten() {
        assertEquals(
                "ALTER ROLE r PASSWORD ? VALID UNTIL ?",
                ShownSql.of("ALTER ROLE r PASSWORD \"SECRET\" VALID UNTIL 'x'"));
        assertEquals("create user r password ?; SELECT a", ShownSql.of("create user r password SEC!RE$T; SELECT a"));
        assertEquals("ALTER USER r PASSWORD NULL", ShownSql.of("ALTER USER r PASSWORD NULL"));
        assertEquals(
                "CREATE USER MAPPING FOR u SERVER s OPTIONS (password ?, user ?)",
                ShownSql.of("CREATE USER MAPPING FOR u SERVER s OPTIONS (password SECRET, user 'u')"));
        assertEquals("SELECT password FROM users", ShownSql.of("SELECT password FROM users"));
    }

    @Test
    void valueOfACustomisedSetting_isHidden() {
        assertEquals("SET app.token = ?; SELECT a", ShownSql.of("SET app.token = SECRET, SECRET; SELECT a"));
        assertEquals("SET SESSION app.token TO ?", ShownSql.of("SET SESSION app.token TO SECRET"));
        assertEquals("ALTER ROLE r SET app.token = ?", ShownSql.of("ALTER ROLE r SET app.token = SECRET"));
        assertEquals("SET search_path TO app", ShownSql.of("SET search_path TO app"));
        assertEquals("UPDATE t SET a.b = c", ShownSql.of("UPDATE t SET a.b = c"));
    }

    @Test
    void dataBehindACopy_isHidden() {
        assertEquals("COPY t FROM STDIN; ?", ShownSql.of("COPY t FROM STDIN;\nSECRET\tSECRET\n\\.\n"));
        assertEquals("COPY t FROM STDIN;", ShownSql.of("COPY t FROM STDIN; "));
        assertEquals("COPY t TO STDOUT; SELECT a", ShownSql.of("COPY t TO STDOUT; SELECT a"));
    }

    @Test
    void parameter_isShownUnlessThereCannotBeOne() {
        assertEquals("SELECT $1, $65535, ?", ShownSql.of("SELECT $1, $65535, $902101234"));
    }
}
