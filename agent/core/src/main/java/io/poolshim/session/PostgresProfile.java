package io.poolshim.session;

import io.poolshim.jdbc.ConnectRequest;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** pgjdbc. */
public final class PostgresProfile implements ShellProfile {
    private static final String MINIMUM = "assumeMinServerVersion";
    private static final String NAME = "ApplicationName";
    private static final String DEFAULTS = "org/postgresql/driverconfig.properties";
    private static final int LONGEST_NAME = 63; // bytes, if the server was not built otherwise

    private final @Nullable String applicationName;
    private final Bouncers bouncers;

    /** Of an application that names itself, or does not. */
    public PostgresProfile() {
        this(null);
    }

    /** Of an application whose sessions have this {@code application_name} unless it gives them another; null for none. */
    public PostgresProfile(@Nullable String applicationName) {
        this(applicationName, Bouncers.none());
    }

    /** The same, where connection poolers may be on the way. */
    public PostgresProfile(@Nullable String applicationName, Bouncers bouncers) {
        this.bouncers = bouncers;
        this.applicationName = applicationName == null ? null : printable(applicationName);
    }

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

    @Override
    public Bouncers bouncers() {
        return bouncers;
    }

    /** The end of the stream shows only to a read, and a read takes a millisecond: so not at each borrow. */
    @Override
    public long longerLookAfter() {
        return 100;
    }

    /**
     * With this minimum pgjdbc sends application_name at start-up instead of by SET, so that resetting the session brings
     * it back; it also saves a round trip. The server's versions for which it was false ended in 2010.
     */
    @Override
    public Map<String, String> openingProperties(ConnectRequest request, Class<?> connectionClass) {
        Map<String, String> properties = new HashMap<>();
        if (!request.gives(MINIMUM)) {
            properties.put(MINIMUM, "9.0");
            if (applicationName != null && !request.gives(NAME) && !hasDefaults(connectionClass)) {
                properties.put(NAME, applicationName);
            }
        }
        return properties;
    }

    /** Where an application may have put a name of its own for all connections. */
    private static boolean hasDefaults(Class<?> connectionClass) {
        ClassLoader loader = connectionClass.getClassLoader();
        return (loader == null ? ClassLoader.getSystemClassLoader() : loader).getResource(DEFAULTS) != null;
    }

    /** What the server would make of it, but for a warning that it was too long. */
    private static String printable(String name) {
        String ascii = name.replaceAll("[^ -~]", "?");
        return ascii.substring(0, Math.min(ascii.length(), LONGEST_NAME));
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
                "PoolshimLogin",
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
    public Set<String> toldMethods() {
        return setOf("getNotifications", "getBackendPID");
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
    public String senderClass() {
        return "org.postgresql.core.v3.QueryExecutorImpl";
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
