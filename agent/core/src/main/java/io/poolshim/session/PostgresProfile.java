package io.poolshim.session;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** pgjdbc. */
public final class PostgresProfile implements ShellProfile {
    @Override
    public String urlPrefix() {
        return "jdbc:postgresql:";
    }

    @Override
    public String system() {
        return "postgresql";
    }

    @Override
    public String driverClass() {
        return "org.postgresql.Driver";
    }

    @Override
    public boolean isPostgres() {
        return true;
    }

    /** The end of the stream shows only to a read, and a read takes a millisecond: so not at each borrow. */
    @Override
    public long longerLookAfter() {
        return 100;
    }

    /**
     * With this pgjdbc sends application_name at start-up instead of by SET, so that resetting the session brings it
     * back; it also saves a round trip. The server's versions for which it was false ended in 2010.
     */
    @Override
    public Map<String, String> openingProperties() {
        return Collections.singletonMap("assumeMinServerVersion", "9.0");
    }

    @Override
    public String connectionClass() {
        return "org.postgresql.jdbc.PgConnection";
    }

    @Override
    public String packageName() {
        return "org.postgresql.jdbc.";
    }

    @Override
    public List<String> helperClasses() {
        return Arrays.asList(
                "PoolshimShell",
                "PoolshimClientInfo",
                "PoolshimLoan",
                "PoolshimInput",
                "PoolshimCommands",
                "PoolshimIsolation",
                "PoolshimStatements",
                "PoolshimAccess",
                "PoolshimAttributes",
                "PoolshimState",
                "PoolshimOperations");
    }

    @Override
    public InputStream helperClassFile(String path) {
        return PostgresProfile.class.getClassLoader().getResourceAsStream(path);
    }

    @Override
    public Set<String> shellFields() {
        return setOf("fastpath", "largeobject", "metadata", "copyManager", "savepointId");
    }

    @Override
    public Set<String> taintingMethods() {
        return setOf("addDataType", "getReplicationAPI", "cancelQuery");
    }

    @Override
    public Set<String> statementMethods() {
        return setOf("setSavepoint", "getCatalog", "setReadOnly", "getNotifications", "isValid");
    }

    @Override
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

    @Override
    public String executorInterface() {
        return "org.postgresql.core.QueryExecutor";
    }

    @Override
    public String rootPackage() {
        return "org.postgresql.";
    }

    @Override
    public Set<String> statementFactories() {
        return setOf("createStatement", "prepareStatement", "prepareCall");
    }

    @Override
    public Set<String> exposedFields() {
        return setOf("prepareThreshold", "defaultFetchSize", "queryTimeout", "forcebinary", "typemap");
    }

    @Override
    public Set<String> sendingMethods() {
        return setOf("execute", "startCopy", "fastpathCall");
    }

    /** The driver calls them for new connections only. */
    @Override
    public Set<String> executorTaintingMethods() {
        return setOf(
                "setBinaryReceiveOids",
                "addBinaryReceiveOid",
                "removeBinaryReceiveOid",
                "setBinarySendOids",
                "addBinarySendOid",
                "removeBinarySendOid");
    }

    private static Set<String> setOf(String... names) {
        return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(names)));
    }
}
