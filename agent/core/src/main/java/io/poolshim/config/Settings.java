package io.poolshim.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of all settings; the documentation is generated from it. */
public final class Settings {
    public static final Setting<String> MODE = Setting.choice(
            "mode",
            "Pool connections; or open each as the application asks for it, look on, and tell what pooling would"
                    + " bring (observe, see docs/observe.md); or leave every call as it is (off).",
            "pool",
            "observe",
            "off");
    public static final Setting<List<String>> INCLUDE = Setting.list(
            "include",
            "URL globs, separated by commas",
            "JDBC URLs to pool besides jdbc:postgresql:*. Connections of drivers that the agent does not know are then pooled"
                    + " by their interfaces: a cast to a class of the driver fails, and the next borrower sees what SQL"
                    + " has set in the session; see docs/safety.md.");
    public static final Setting<List<String>> EXCLUDE = Setting.list(
            "exclude", "URL globs, separated by commas", "JDBC URLs that pass through; wins over include.");
    public static final Setting<List<String>> CALLERS = Setting.list(
            "pass-through.callers",
            "class name globs, separated by commas",
            "Callers of DriverManager that pass through because they are pools themselves, besides the known ones.");

    public static final Setting<Integer> MAX_CONNECTIONS = Setting.number(
            "max-connections",
            50,
            1,
            100_000,
            "The most connections over all pools while one of them is idle: beyond that, idle ones are closed, those of"
                    + " the least recently used pool first. At least max-size and overflow of one pool.");
    public static final Setting<Duration> REAUTHENTICATE_AFTER = Setting.duration(
            "reauthenticate-after",
            "5m",
            "1s",
            true,
            "How long a login stands for later borrowers with the same credentials; then the next one logs in anew. 0 is"
                    + " for as long as there are connections.");

    public static final Setting<Integer> MAX_SIZE = Setting.number(
            "pool.max-size", 10, 1, 10_000, "The most connections that one pool keeps for its borrowers.");
    public static final Setting<Integer> OVERFLOW = Setting.number(
            "pool.overflow",
            10,
            0,
            10_000,
            "The most connections beyond max-size, closed some seconds after they were last needed; the last quarter is"
                    + " kept for threads that already hold a connection.");
    public static final Setting<Duration> OVERFLOW_WAIT = Setting.duration(
            "pool.overflow-wait",
            "250ms",
            "0ms",
            true,
            "How long a thread that holds no connection waits before it overflows.");
    public static final Setting<Integer> MIN_IDLE =
            Setting.number("pool.min-idle", 0, 0, 10_000, "Idle connections that the idle time-out leaves alone.");
    public static final Setting<Duration> BORROW_TIMEOUT = Setting.duration(
            "pool.borrow-timeout",
            "30s",
            "1ms",
            false,
            "The longest wait; then the caller gets a connection of its own, or with limit=hard an exception. Never"
                    + " longer than the login time-out.");
    public static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "pool.idle-timeout", "5m", "10s", true, "How long a connection may stay idle before it is closed.");
    public static final Setting<Duration> MAX_LIFETIME = Setting.duration(
            "pool.max-lifetime",
            "30m",
            "30s",
            true,
            "The age at which an idle connection is closed, shortened at random so that not all end at once.");
    public static final Setting<Integer> KEEP_FROM = Setting.number(
            "pool.keep-from",
            2,
            1,
            1000,
            "The borrow from which on connections are kept: a login that comes once needs no pool.");
    public static final Setting<Integer> MAX_USES = Setting.number(
            "pool.max-uses", 0, 0, Integer.MAX_VALUE, "Borrows after which a connection is closed; 0 is unlimited.");
    public static final Setting<Integer> MAX_STATEMENTS = Setting.number(
            "pool.max-statements",
            0,
            0,
            Integer.MAX_VALUE,
            "Statements, each of a batch counted, after which a connection is closed when it is returned; 0 is unlimited.");
    public static final Setting<Duration> KEEPALIVE = Setting.duration(
            "pool.keepalive", "0s", "30s", true, "How often an idle connection is validated with a round trip.");
    public static final Setting<Duration> LONG_HOLD = Setting.duration(
            "pool.long-hold",
            "60s",
            "1s",
            true,
            "A connection held longer becomes the application's own: its place in the pool is free again, and it is"
                    + " really closed when returned.");
    public static final Setting<String> SESSION_RESET = Setting.choice(
            "session.reset",
            "When a session is reset on the server: after each use in which anything was sent (auto), after each use"
                    + " (always), only after those that are not known to leave nothing behind, by what the catalogue"
                    + " told last, and then statements stay prepared unseen (proven), or never: then an application must leave its sessions as it found them, and its"
                    + " statements stay prepared for the next borrower, as with other pools. Whatever this is, an open"
                    + " transaction is rolled back, and attributes of JDBC are restored.",
            "auto",
            "always",
            "proven",
            "never");
    public static final Setting<String> CUSTOM_SETTINGS = Setting.choice(
            "session.custom-settings",
            "What becomes of a session in which a customised setting (app.tenant, say) was set: no reset brings back"
                    + " its NULL, so the connection is really closed; or it is reset, and the next borrower finds the"
                    + " server's default or an empty string.",
            "close",
            "reset");

    public static final Setting<Duration> CATALOGUE_AGE = Setting.duration(
            "session.catalogue-age",
            "10s",
            "1s",
            true,
            "For how long it is believed what a database's catalogue told: which functions of the application's own leave"
                    + " nothing behind that no reset undoes, and which tables and views lead to others that may. Without"
                    + " it (0s) connections are really closed after a call of such a function, and tables and views are"
                    + " believed to lead to none.");

    public static final Setting<String> LEAK_STACK = Setting.choice(
            "leak-stack",
            "For which borrows the stack is kept, to be logged if the connection is dropped without close(): one in a"
                    + " thousand and those of a class that did it before, all, or none.",
            "sampled",
            "always",
            "off");
    public static final Setting<Duration> LEAK_WARNING = Setting.duration(
            "pool.leak-warning", "0s", "1s", true, "A connection held longer is reported once in the log.");
    public static final Setting<String> LIMIT = Setting.choice(
            "pool.limit",
            "soft: nothing fails that would not have failed unpooled. hard: no overflow; at the borrow time-out"
                    + " SQLTransientConnectionException (08001).",
            "soft",
            "hard");

    public static final Setting<String> SQLCOMMENTER = Setting.choice(
            "sqlcommenter",
            "Whether statements tell the database who asks, in a comment at their end, as google.github.io/sqlcommenter/spec"
                    + " has it: application and db_driver, always the same (static), and also the traceparent of the running"
                    + " statement's span (full). A statement that the server keeps prepared tells no traceparent, because its"
                    + " text stays the one it was prepared with; so prepared statements are reused as without this. A"
                    + " statement with a comment of its own is left as it is.",
            "off",
            "static",
            "full");
    public static final Setting<@Nullable String> APPLICATION_NAME = Setting.text(
            "application-name",
            "service, for the name that telemetry uses (otel.service.name), or any other name",
            "The application_name of sessions for which the application gives none. It is said at login; then SHOW"
                    + " application_name and getClientInfo() give it instead of the driver's.");
    public static final Setting<String> TELEMETRY = Setting.choice(
            "telemetry",
            "Where spans and metrics go. auto: to OpenTelemetry's javaagent if there is one; those of an application that has"
                    + " an OpenTelemetry SDK of its own to that; else, and with own, to the agent's own SDK, which obeys"
                    + " otel.*. off: no spans and metrics.",
            "auto",
            "own",
            "off");
    public static final Setting<String> TRACES_CONNECTIONS = Setting.choice(
            "traces.connections",
            "Spans from borrow to return: auto if no span is active, always, or never.",
            "auto",
            "always",
            "never");
    public static final Setting<String> TRACES_QUERIES = Setting.choice(
            "traces.queries",
            "Spans of statements and batches: auto unless OpenTelemetry's javaagent makes them, always, or never.",
            "auto",
            "always",
            "never");
    public static final Setting<String> TRACES_QUERY_TEXT = Setting.choice(
            "traces.query-text", "The text of statements on spans: without literals, or none.", "sanitized", "off");
    public static final Setting<Duration> TRACES_MIN_WAIT = Setting.duration(
            "traces.min-wait",
            "0s",
            "1ms",
            true,
            "The shortest wait for a connection that has a span of its own; 0s is for every one.");
    public static final Setting<String> TRACES_CALL_SITES = Setting.choice(
            "traces.call-sites",
            "Whether spans that are recorded tell the line of the application that asked for the connection.",
            "on",
            "off");
    public static final Setting<String> TRACES_TRANSACTIONS =
            Setting.choice("traces.transactions", "Spans of commits and rollbacks.", "off", "on");
    public static final Setting<String> LOG_LEVEL =
            Setting.choice("log.level", "The least severe lines written to stderr.", "info", "error", "warn", "debug");
    public static final Setting<@Nullable Duration> SLOW_QUERY = Setting.optionalDuration(
            "slow-query",
            "; 0s for every statement",
            "Statements and batches that take so long or longer are written to the log, as lines of JSON without"
                    + " literals; 0s makes a log of all statements, for which log-file must be given. See docs/logs.md.");
    public static final Setting<String> ERROR_LOG = Setting.choice(
            "error-log",
            "Whether failed statements, failed logins, borrow time-outs, connections dropped without close() and errors"
                    + " that the agent swallowed are written to the log.",
            "off",
            "on");
    public static final Setting<String> AUDIT_LOG = Setting.choice(
            "audit-log",
            "Whether each borrow, statement, return and failed login is written to the log, with user, thread and call"
                    + " site; log-file must be given.",
            "off",
            "on");
    public static final Setting<@Nullable String> LOG_FILE = Setting.text(
            "log-file",
            "a file name, in which %p stands for the process id",
            "The file to which those logs are appended; without it slow queries and errors go to stderr.");
    public static final Setting<Long> LOG_FILE_SIZE = Setting.size(
            "log-file.max-size",
            "10MB",
            "100kB",
            "The size that the log file does not exceed: before it would, it is renamed, and a new one is begun. A kB is"
                    + " 1000 bytes.");
    public static final Setting<Integer> LOG_FILE_KEEP = Setting.number(
            "log-file.keep", 5, 0, 1000, "How many old log files are kept; NAME.1 is the newest. 0 keeps none.");
    public static final Setting<@Nullable String> CONFIG = Setting.text(
            "config",
            "a file name",
            "A file with settings, in the format of java.util.Properties and in UTF-8, each by its full name"
                    + " (poolshim.pool.max-size=20). Not to be given in such a file. What is changed in"
                    + " it takes effect within two seconds, as far as docs/control.md says.");
    public static final Setting<String> JMX = Setting.choice(
            "jmx",
            "Whether there are MBeans for the agent and its pools, with operations (docs/control.md): once somebody has made"
                    + " the platform's MBean server, as a console that attaches does (auto); in any case, and then the agent"
                    + " makes it (on); or never.",
            "auto",
            "on",
            "off");
    public static final Setting<String> BOUNCER = Setting.choice(
            "pool.bouncer",
            "Whether PgBouncer, or a pooler like it, is between the application and PostgreSQL. auto: found out at the first"
                    + " login, and whether it gives each connection a session of its own (session) or each transaction"
                    + " another one (transaction); those two say so, and none says that there is no pooler; for some"
                    + " URLs only in a section that names no user. See docs/operations.md.",
            "auto",
            "session",
            "transaction",
            "none");
    public static final Setting<@Nullable String> ADVICE = Setting.text(
            "advice",
            "a file name",
            "A file that gets the advice on pool size and settings as text when the JVM exits; without it, mode=observe"
                    + " writes that to stderr. See docs/observe.md.");
    public static final Setting<Integer> RETRIES = Setting.number(
            "pool.retries",
            0,
            0,
            1000,
            "How often a login is tried again, in the caller's thread, that failed because the server could not be reached"
                    + " (08001), was starting (57P03) or had no connection left (53300). The caller gets what the last"
                    + " attempt threw. See docs/outages.md.");
    public static final Setting<Duration> RETRY_DELAY = Setting.duration(
            "pool.retry-delay",
            "100ms",
            "1ms",
            false,
            "The wait before a login is tried again for the first time; it doubles with each attempt, and a quarter is"
                    + " left to chance.");
    public static final Setting<Duration> RETRY_MAX_DELAY = Setting.duration(
            "pool.retry-max-delay",
            "2s",
            "1ms",
            false,
            "The longest wait between two attempts. None begins after the borrow time-out or the login time-out.");
    public static final Setting<Integer> BREAKER_FAILURES = Setting.number(
            "breaker.failures",
            0,
            0,
            10_000,
            "After so many logins in a row that did not reach a server (08…, 57P03, 53300), further ones to it fail at"
                    + " once, with the last failure as their cause; 0 is never. Idle connections are still lent. See"
                    + " docs/outages.md.");
    public static final Setting<Duration> BREAKER_DELAY = Setting.duration(
            "breaker.delay",
            "5s",
            "1ms",
            false,
            "How long logins fail at once; then one is let through, and decides whether others are, too.");
    public static final Setting<Duration> QUERY_TIMEOUT = Setting.duration(
            "pool.query-timeout",
            "0s",
            "1s",
            true,
            "The time-out, in whole seconds, of statements to which the application gives none by setQueryTimeout();"
                    + " getQueryTimeout() tells it. With pgjdbc only. See docs/outages.md.");
    public static final Setting<@Nullable String> INCIDENTS = Setting.text(
            "incidents",
            "a file name, in which %p stands for the process id",
            "A file that gets a line of JSON when borrows time out, a breaker opens or failures come in a burst: who holds"
                    + " connections and where, and what happened in the last minute. See docs/outages.md.");
    public static final Setting<Integer> ADMIN_PORT = Setting.number(
            "admin.port",
            0,
            0,
            65_535,
            "The port at which health, statistics and a page to look at are served by HTTP, from the start of the JVM on;"
                    + " 0 is off. See docs/admin.md.");
    public static final Setting<String> ADMIN_ADDRESS = Setting.withDefault(
            "admin.address",
            "127.0.0.1",
            "an address of this machine; 0.0.0.0 for all",
            "Where that port is open. Whoever reaches it sees health and statistics; SQL, stacks, holders and control need"
                    + " the token.");
    public static final Setting<List<String>> ADMIN_HOSTS = Setting.list(
            "admin.hosts",
            "names, separated by commas, each with a port or for any",
            "Hosts that a request may name besides localhost, 127.0.0.1, [::1] and the number of admin.address. All others"
                    + " are refused, because a page of somebody else could have made its name lead here.");
    public static final Setting<@Nullable String> ADMIN_TOKEN = Setting.text(
            "admin.token",
            "a secret",
            "Whoever sends it (Authorization: Bearer …) sees statements without literals, stacks and holders, and may"
                    + " control the pools. Without it nobody may. Better in the environment or in a file: a command line"
                    + " can be read by others.");
    public static final Setting<Duration> ADMIN_PROBE = Setting.duration(
            "admin.probe",
            "10s",
            "1s",
            true,
            "With admin.port: how often health logs in to each database in use, for one round trip, and out again.");
    public static final Setting<@Nullable String> REPORT =
            Setting.text("report", "a file name", "A file that gets the statistics as JSON when the JVM exits.");
    public static final Setting<String> SABOTAGE = Setting.choice(
            "it.sabotage",
            "For the agent's own tests: makes it wrong on purpose.",
            "none",
            "proxy-only",
            "no-reset",
            "no-rollback",
            "shared-physical",
            "foreign-statements");

    public static final Setting<@Nullable String> TEST_PROFILE = Setting.text(
            "it.profile",
            "a resource on the application's class path",
            "For the agent's own tests: the profile of a driver to make shells of.");

    /** All rows, in the order of the documentation. */
    public static final List<Setting<?>> ALL = Collections.unmodifiableList(Arrays.<Setting<?>>asList(
            MODE,
            INCLUDE,
            EXCLUDE,
            CALLERS,
            MAX_CONNECTIONS,
            REAUTHENTICATE_AFTER,
            MAX_SIZE,
            OVERFLOW,
            OVERFLOW_WAIT,
            MIN_IDLE,
            BORROW_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_LIFETIME,
            KEEP_FROM,
            MAX_USES,
            KEEPALIVE,
            LONG_HOLD,
            SESSION_RESET,
            CUSTOM_SETTINGS,
            CATALOGUE_AGE,
            LEAK_STACK,
            LEAK_WARNING,
            LIMIT,
            SQLCOMMENTER,
            APPLICATION_NAME,
            TELEMETRY,
            TRACES_CONNECTIONS,
            TRACES_QUERIES,
            TRACES_QUERY_TEXT,
            TRACES_MIN_WAIT,
            TRACES_CALL_SITES,
            TRACES_TRANSACTIONS,
            LOG_LEVEL,
            SLOW_QUERY,
            ERROR_LOG,
            AUDIT_LOG,
            LOG_FILE,
            LOG_FILE_SIZE,
            LOG_FILE_KEEP,
            MAX_STATEMENTS,
            CONFIG,
            JMX,
            BOUNCER,
            ADVICE,
            RETRIES,
            RETRY_DELAY,
            RETRY_MAX_DELAY,
            BREAKER_FAILURES,
            BREAKER_DELAY,
            QUERY_TIMEOUT,
            INCIDENTS,
            ADMIN_PORT,
            ADMIN_ADDRESS,
            ADMIN_HOSTS,
            ADMIN_TOKEN,
            ADMIN_PROBE,
            REPORT,
            SABOTAGE,
            TEST_PROFILE));

    private static final Map<String, Setting<?>> BY_KEY = new HashMap<>();

    static {
        for (Setting<?> setting : ALL) {
            BY_KEY.put(setting.key(), setting);
        }
    }

    private Settings() {}

    /** The row of that key; null if there is none. */
    static @Nullable Setting<?> of(String key) {
        return BY_KEY.get(key);
    }
}
