package org.postgresql.jdbc;

import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.core.QueryExecutor;

/**
 * What a login through a connection pooler has set in a session. The pooler turns what the driver says at start-up into SETs,
 * which a reset undoes; of some settings it keeps account for each of its clients.
 */
final class PoolshimLogin {
    /** The session's process; a command that sets what poolers and drivers set; and whether anything else was set. */
    static final String SETTINGS = "SELECT pg_catalog.pg_backend_pid()::text,"
            + " 'SELECT ' || pg_catalog.string_agg("
            + "pg_catalog.format('pg_catalog.set_config(%L, %L, false)', name, setting), ', ') FILTER (WHERE known),"
            + " (NOT pg_catalog.bool_and(known))::text"
            + " FROM (SELECT name, setting, source = 'session' AS was_set, name IN ('TimeZone', 'DateStyle',"
            + " 'IntervalStyle', 'client_encoding', 'application_name', 'standard_conforming_strings') AS tracked,"
            + " name IN ('TimeZone', 'DateStyle', 'IntervalStyle', 'client_encoding', 'application_name',"
            + " 'standard_conforming_strings', 'extra_float_digits') AS known FROM pg_catalog.pg_settings) s"
            + " WHERE was_set OR tracked";

    private static final MethodHandle REPORTED =
            PoolshimAccess.find(QueryExecutor.class, "getParameterStatuses", Map.class); // since 42.2.6

    private PoolshimLogin() {}

    /** The settings that the server has reported, as far as the driver keeps them. */
    @SuppressWarnings("unchecked")
    static Map<String, String> reported(QueryExecutor executor) {
        if (REPORTED == null) {
            return new HashMap<String, String>();
        }
        try {
            return new HashMap<String, String>((Map<String, String>) REPORTED.invokeExact(executor));
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }
}
