package io.poolshim.session;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the agent knows of a JDBC driver: the data by which it makes shells of the driver's own connection class. */
public final class DriverProfile {
    /** pgjdbc. */
    public static final DriverProfile POSTGRESQL = new DriverProfile();

    private DriverProfile() {}

    /** The prefix of the driver's URLs. */
    public String urlPrefix() {
        return "jdbc:postgresql:";
    }

    /** The value of {@code db.system.name}. */
    public String system() {
        return "postgresql";
    }

    public String driverClass() {
        return "org.postgresql.Driver";
    }

    public String connectionClass() {
        return "org.postgresql.jdbc.PgConnection";
    }

    /** The package in which shells and the agent's classes are defined, with a dot at the end. */
    public String packageName() {
        return "org.postgresql.jdbc.";
    }

    /** The agent's classes for the driver's package, in the order of their definition. */
    public List<String> helperClasses() {
        return Arrays.asList("PoolshimShell", "PoolshimLoan", "PoolshimState", "PoolshimOperations");
    }

    /** Fields that are empty in a new connection and mean nothing to others, so that each shell may have its own. */
    public Set<String> shellFields() {
        return setOf("fastpath", "largeobject", "metadata", "copyManager", "savepointId");
    }

    /** Methods after which the connection is not handed on: what they set or hand out is not restored, a cancel comes late. */
    public Set<String> taintingMethods() {
        return setOf("addDataType", "getReplicationAPI", "cancelQuery", "getClientInfo");
    }

    /** Methods that send a statement by themselves, past the executor that statements use. */
    public Set<String> statementMethods() {
        return setOf("setTransactionIsolation", "setSavepoint", "getCatalog", "setReadOnly");
    }

    /** Methods that only read what never changes on a connection: they need no connection that is closed, either. */
    public Set<String> factMethods() {
        return setOf(
                "getEncoding",
                "getTimestampUtils",
                "getStringVarcharFlag",
                "getLogServerErrorDetail",
                "getConvertBooleanToNumeric",
                "getHideUnprivilegedObjects",
                "getDBVersionNumber",
                "getServerMajorVersion",
                "getServerMinorVersion",
                "haveMinimumServerVersion",
                "getProtocolVersion",
                "getURL",
                "getUserName",
                "getBackendPID",
                "purgeTimerTasks",
                "obtainLock",
                "lockCondition");
    }

    /** The interface through which statements reach the server. */
    public String executorInterface() {
        return "org.postgresql.core.QueryExecutor";
    }

    private static Set<String> setOf(String... names) {
        return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(names)));
    }
}
