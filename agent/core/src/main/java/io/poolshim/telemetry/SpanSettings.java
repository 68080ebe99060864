package io.poolshim.telemetry;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.redirect.CallSites;
import org.jspecify.annotations.Nullable;

/** Which spans there are, and what is on them. */
final class SpanSettings {
    final boolean alwaysConnections;
    final boolean neverConnections;
    final boolean queries;
    final boolean transactions;
    final @Nullable CallSites callSites; // null if they are not told
    final boolean text;
    final boolean oldNames;
    final long minWait; // ns

    /**
     * By the settings.
     *
     * @param sites finds them
     * @param queriesByOthers whether somebody else makes spans of queries
     * @param oldNames whether attributes are to have their old names, too
     */
    SpanSettings(Config config, CallSites sites, boolean queriesByOthers, boolean oldNames) {
        alwaysConnections = config.is(Settings.TRACES_CONNECTIONS, "always");
        neverConnections = config.is(Settings.TRACES_CONNECTIONS, "never");
        queries = config.is(Settings.TRACES_QUERIES, "always")
                || config.is(Settings.TRACES_QUERIES, "auto") && !queriesByOthers;
        transactions = config.is(Settings.TRACES_TRANSACTIONS, "on");
        callSites = config.is(Settings.TRACES_CALL_SITES, "on") ? sites : null;
        text = config.is(Settings.TRACES_QUERY_TEXT, "sanitized");
        minWait = config.get(Settings.TRACES_MIN_WAIT).toNanos();
        this.oldNames = oldNames;
    }
}
