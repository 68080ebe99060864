package io.poolshim.sql;

import io.poolshim.config.Resources;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Words of SQL by what they mean for a session. */
final class SqlWords {
    /** Functions of PostgreSQL's own after which a reset restores all, and words of the grammar before a parenthesis. */
    static final Set<String> HARMLESS = readNames("harmless-functions.txt");

    /** After these a name with a parenthesis is a table with its columns, an alias, an index method. */
    static final Set<String> NO_CALL_AFTER =
            setOf("into", "table", "exists", "references", "as", "with", "recursive", "copy", "view", "type");

    /** What statements begin with that leave nothing behind if nothing in them does. */
    static final Set<String> CLEAN = setOf(
            ";",
            "select",
            "insert",
            "update",
            "delete",
            "merge",
            "values",
            "with",
            "(",
            "begin",
            "start",
            "commit",
            "end",
            "rollback",
            "savepoint",
            "release",
            "table");

    /** What statements begin with that leave nothing behind that others could wait for. */
    static final Set<String> PLAIN = and(CLEAN, "explain", "show", "set", "reset");

    /** Parts of PostgreSQL's own functions' names that may leave something behind. */
    static final String[] TOUCHING = {"pg_", "lo_", "set_config"};

    static final Set<String> OF_SEQUENCES = setOf("nextval", "setval");

    /** What uses, or takes away, statements that are prepared. */
    static final Set<String> OF_PREPARED = setOf("prepare", "execute", "deallocate");

    /** What tells whether a session has, or once had, temporary objects; the driver's getSchemas() asks so, too. */
    static final Set<String> LOOKS_FOR_TEMPORARY =
            setOf("temp_buffers", "current_schemas", "pg_my_temp_schema", "pg_is_other_temp_schema");

    /** What TEMP and TEMPORARY follow where they make something. */
    static final Set<String> BEFORE_TEMPORARY = setOf("create", "local", "global", "replace", "into");

    /** What CREATE, ALTER and DROP may make and change without anything new behind tables, views and functions. */
    static final Set<String> HIDES_NOTHING =
            setOf("temp", "temporary", "local", "global", "role", "user", "group", "database", "system", "tablespace");

    private SqlWords() {}

    /** Whether a setting makes the server end statements or sessions after some time. */
    static boolean isTimeout(String setting) {
        return setting.endsWith("_timeout");
    }

    private static Set<String> and(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        Collections.addAll(all, more);
        return Collections.unmodifiableSet(all);
    }

    static Set<String> setOf(String... names) {
        return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(names)));
    }

    static Set<String> readNames(String resource) {
        try {
            return new HashSet<>(Resources.lines(SqlWords.class, resource));
        } catch (IOException e) {
            return new HashSet<>(); // nothing is harmless then
        }
    }
}
