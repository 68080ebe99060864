package io.poolshim.programs.fuzz;

import java.util.Random;

/** Texts of SQL with secrets in them: right ones, failing ones, broken ones. */
final class SqlGrammar {
    private static final String GARBAGE = "'\"$\\/*-;,()?{}[]=.@#%&|~`\u00e9\u2013\u3000\ud83d\ude00\ud800 \n\tabE1_:";

    private final Random random;
    private final Literals literals;

    SqlGrammar(Random random) {
        this.random = random;
        this.literals = new Literals(random);
    }

    private String any() {
        return literals.any();
    }

    private String string() {
        return literals.string();
    }

    private String number() {
        return literals.number();
    }

    private String word() {
        return literals.secrets.word();
    }

    String text() {
        switch (random.nextInt(10)) {
            case 0:
                return broken();
            case 1:
                return commented(definition());
            case 2:
                return commented(setting());
            case 3:
                return commented(utility());
            case 4:
                return commented(change());
            case 5:
                return commented(failing());
            case 6:
                return query() + "; " + commented(query()) + (random.nextBoolean() ? ";" : "; " + change());
            default:
                return commented(query());
        }
    }

    /** Puts comments where some blanks are, outside literals: those in front of a parenthesis or FROM. */
    private String commented(String sql) {
        return literals.blank()
                + sql.replaceAll(" FROM ", literals.blank().replace("\\", "\\\\") + "FROM ")
                + literals.blank();
    }

    String query() {
        switch (random.nextInt(12)) {
            case 0:
                return "SELECT " + any() + ", " + any() + " AS \"a b\"";
            case 1:
                return "SELECT s, n FROM fuzz WHERE s = " + string() + " AND n > " + number() + " ORDER BY 1 LIMIT 3";
            case 2:
                return "SELECT n FROM fuzz WHERE n IN (" + number() + ", " + number() + ",\t" + number() + ")";
            case 3:
                return "select count(*) from fuzz where n between " + number() + " and " + number() + " or s like "
                        + string();
            case 4:
                return "SELECT CASE WHEN s=" + string() + "THEN " + string() + " ELSE " + string() + " END FROM fuzz";
            case 5:
                return "VALUES (" + string() + ", " + number() + "), (" + string() + "," + number() + ")";
            case 6:
                return "WITH w AS (SELECT " + string() + " AS v) SELECT v || " + string() + " FROM w";
            case 7:
                return "SELECT " + string() + " UNION ALL SELECT " + string();
            case 8:
                return "SELECT {fn concat(" + string() + ", " + string() + ")}, {fn abs(" + number() + ")}";
            case 9:
                return "EXPLAIN SELECT * FROM fuzz WHERE s = " + string();
            case 10:
                return "SELECT fuzz_upper(" + string() + "), length(" + string() + ")-" + literals.secrets.number();
            default:
                return "SELECT " + any();
        }
    }

    private String change() {
        switch (random.nextInt(6)) {
            case 0:
                return "INSERT INTO fuzz (s, n) VALUES (" + string() + ", " + number() + ") ON CONFLICT DO NOTHING";
            case 1:
                return "UPDATE fuzz SET s = " + string() + ", n=" + number() + " WHERE s = " + string();
            case 2:
                return "DELETE FROM fuzz WHERE s=" + string() + " OR n = " + number();
            case 3:
                return "INSERT INTO fuzz (s, n) SELECT " + string() + ", " + number() + " RETURNING s";
            case 4:
                return "INSERT INTO fuzz (id, s) VALUES (1, " + string() + ")"; // is there already
            default:
                return "INSERT INTO fuzz (s, n) VALUES (" + string() + ", " + number() + ")";
        }
    }

    private String failing() {
        switch (random.nextInt(8)) {
            case 0:
                return "SELECT (" + string() + ")::int";
            case 1:
                return "SELECT 1 / 0 FROM nowhere WHERE x = " + string();
            case 2:
                return "SELECT no_such_function(" + any() + ")";
            case 3:
                return "SELEKT " + any() + " FRUM fuzz";
            case 4:
                return "SELECT " + literals.secrets.number() + "e'it\\'s " + word() + "'";
            case 5:
                return "SELECT " + literals.secrets.number() + "$x$" + word() + "$x$ FROM fuzz";
            case 6:
                return "SELECT * FROM fuzz WHERE s = " + string() + " AND AND n = " + number();
            default:
                return "SELECT pg_catalog.pg_sleep(" + string() + ")";
        }
    }

    /** Rolled back or refused, whoever runs it. */
    private String definition() {
        String body = " AS $f$ SELECT '" + word() + "'::text $f$";
        switch (random.nextInt(13)) {
            case 0:
                return "CREATE ROLE fuzz_r LOGIN PASSWORD " + string() + " VALID UNTIL '" + literals.secrets.date()
                        + "'";
            case 1:
                return "ALTER USER postgres WITH ENCRYPTED PASSWORD '" + word() + "'";
            case 2:
                return "ALTER ROLE fuzz_r PASSWORD " + literals.pick(word(), '"' + word() + '"', "x!" + word());
            case 3:
                return "CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'u', password " + string() + ")";
            case 4:
                return "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host '" + word() + "')";
            case 5:
                return "ALTER SYSTEM SET cluster_name = " + string();
            case 6:
                return "CREATE FUNCTION fuzz_new() RETURNS text LANGUAGE sql" + body;
            case 7:
                return "CREATE TABLE fuzz_d (a text DEFAULT " + string() + " CHECK (a <> " + string() + "))";
            case 8:
                return "CREATE VIEW fuzz_v AS SELECT " + string() + " AS v";
            case 9:
                return "COMMENT ON TABLE fuzz IS '" + word() + "'";
            case 10:
                return "CREATE FUNCTION fuzz_std() RETURNS text BEGIN ATOMIC SELECT " + string() + "; END";
            case 11:
                return "CREATE TEMP TABLE fuzz_t" + random.nextInt(1000) + " AS SELECT " + string() + " AS v";
            default:
                return "CREATE SUBSCRIPTION fuzz_s CONNECTION 'host=h password=" + word() + "' PUBLICATION p";
        }
    }

    private String setting() {
        switch (random.nextInt(8)) {
            case 0:
                return "SET application_name = '" + word() + "'";
            case 1:
                return "SET app.token = " + literals.pick(word(), string(), literals.secrets.number());
            case 2:
                return "SET SESSION app.token TO " + literals.pick(word(), "'" + word() + "'");
            case 3:
                return "ALTER ROLE postgres SET app.token = " + literals.pick(word(), "'" + word() + "'");
            case 4:
                return "SELECT set_config('app.token', " + string() + ", false)";
            case 5:
                return "SET standard_conforming_strings = off; SELECT 'it\\'s " + word() + "', " + number();
            case 6:
                return "SET LOCAL work_mem = " + literals.secrets.number();
            default:
                return "SET statement_timeout TO " + literals.secrets.number();
        }
    }

    private String utility() {
        switch (random.nextInt(12)) {
            case 0:
                return "NOTIFY fuzz, '" + word() + "'";
            case 1:
                return "SELECT pg_notify('fuzz', " + string() + ")";
            case 2:
                return "DO $$ BEGIN RAISE EXCEPTION '%', '" + word() + "'; END $$";
            case 3:
                return "DO LANGUAGE plpgsql 'BEGIN PERFORM ''" + word() + "''; END'";
            case 4:
                return "PREPARE fuzz_p" + random.nextInt(100_000) + " AS SELECT " + string();
            case 5:
                return "EXECUTE fuzz_p(" + string() + ", " + number() + ")";
            case 6:
                return "COPY fuzz (s) FROM STDIN;\n" + word() + "\n" + literals.secrets.number() + "\n\\.\n";
            case 7:
                return "COPY (SELECT " + string() + ") TO STDOUT WITH (FORMAT csv, QUOTE '" + word().charAt(0) + "')";
            case 8:
                return "COPY fuzz FROM '/tmp/" + word() + "'";
            case 9:
                return "COPY fuzz FROM PROGRAM 'curl -u me:" + word() + "'";
            case 10:
                return "PREPARE TRANSACTION '" + word() + "'";
            default:
                return "DECLARE fuzz_c CURSOR WITH HOLD FOR SELECT " + string();
        }
    }

    private String broken() {
        switch (random.nextInt(14)) {
            case 0:
                return "SELECT '" + word();
            case 1:
                return "SELECT * FROM fuzz WHERE s = 'O'Brien " + word() + "'";
            case 2:
                return "SELECT * FROM fuzz WHERE s = 'O'Brien " + word() + "' OR s = 'O'Brien " + word() + "'";
            case 3:
                return "SELECT ' FROM fuzz WHERE s = '" + word() + "' AND n = " + number();
            case 4:
                return "SELECT \"a FROM fuzz WHERE s = " + string() + " AND n = " + number();
            case 5:
                return "SELECT \"a' FROM fuzz WHERE s = '" + word() + "', \"b\"";
            case 6:
                return "SELECT " + number() + " /* " + word();
            case 7:
                return "SELECT $a$ " + word() + " $b$";
            case 8:
                return "SELECT E'" + word() + "\\'";
            case 9:
                return "SELECT a\u2013$s$ , 'x $s$ " + word() + "'";
            case 10:
                return "SELECT 'it's " + word() + " and it's'";
            case 11:
                return "INSERT INTO fuzz (s) VALUES ('" + word() + "', '" + word() + "\\', " + string() + ")";
            case 12:
                return "SELECT $" + literals.secrets.number() + ", $1x, $";
            default:
                return garbage() + " " + string() + " " + garbage();
        }
    }

    /** Characters in which no quotation begins that does not end. */
    private String garbage() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            char c = GARBAGE.charAt(random.nextInt(GARBAGE.length()));
            boolean quote = c == '\'' || c == '"';
            text.append(quote ? "" + c + c + " " : c == '-' || c == '/' || c == '$' || c == '\\' ? c + " " : "" + c);
        }
        return text.toString();
    }
}
