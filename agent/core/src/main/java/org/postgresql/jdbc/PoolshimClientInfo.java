package org.postgresql.jdbc;

import java.util.Properties;

/** What one borrower gets from {@code getClientInfo()}: an object that it may keep and change, as a new session's. */
final class PoolshimClientInfo {
    private static final String APPLICATION_NAME = "ApplicationName"; // all that there is, as of 42.7

    private final Properties properties = new Properties();

    /** With what the driver puts into its own at each call. */
    Properties with(Properties current) {
        properties.putAll(current);
        return properties;
    }

    static String applicationName(PgConnection physical) {
        return physical.getQueryExecutor().getApplicationName();
    }

    /**
     * The driver puts a new name into what it has handed out.
     *
     * @param info null if nothing was handed out
     */
    static void changed(PoolshimClientInfo info, String before, PgConnection physical) {
        String now = applicationName(physical);
        if (info != null && now != null && !now.equals(before)) {
            info.properties.put(APPLICATION_NAME, now);
        }
    }
}
