package io.poolshim.registry;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.JdbcUrl;
import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Which logins to PostgreSQL may share connections: those whose whole identity stands in the request. */
public final class LoginRules {
    /** Properties that name a class, which may look at any other property. */
    private static final Set<String> CLASSES = new HashSet<>(Arrays.asList(
            "socketFactory", "sslfactory", "sslhostnameverifier", "sslpasswordcallback", "xmlFactoryFactory"));

    /** With one of these somebody else decides who logs in, or the connection is not an ordinary one. */
    private static final List<String> FOREIGN_IDENTITY = Arrays.asList(
            "authenticationPluginClassName",
            "service",
            "gsslib",
            "jaasLogin",
            "jaasApplicationName",
            "kerberosServerName",
            "sspiServiceClass",
            "useSpnego",
            "replication");

    private static final String DATABASE = "(?s)[^@:;&=/?]*";

    private LoginRules() {}

    static boolean namesClass(String url, Set<String> names) {
        for (String name : names) {
            if (CLASSES.contains(name) || name.startsWith("datatype.")) {
                return true;
            }
        }
        for (String name : CLASSES) {
            if (urlHas(url, name)) {
                return true;
            }
        }
        return url.contains("datatype.");
    }

    /** Why connections for this request cannot be shared; null if they can. */
    public static String whyNot(ConnectRequest request) {
        Properties info = request.info();
        if (info != null && !isAllText(info)) {
            return "non-text-property";
        }
        for (String name : FOREIGN_IDENTITY) {
            if (request.gives(name)) {
                return "identity-elsewhere";
            }
        }
        if (wantsACertainServer(request)) {
            return "target-server-type";
        }
        return request.gives("password") || !mayLogInOtherwise() ? null : "identity-elsewhere";
    }

    /** Which server is the primary may change; an idle connection to the one that was it must not be handed out. */
    private static boolean wantsACertainServer(ConnectRequest request) {
        String wanted = JdbcUrl.parameter(request.url(), "targetServerType");
        if (wanted == null && request.info() != null) {
            wanted = request.info().getProperty("targetServerType");
        }
        return wanted != null && !wanted.equals("any");
    }

    /** {@code user@host:port/database}, as far as the request tells; shown in logs and telemetry. */
    static String poolName(ConnectRequest request, String urlPrefix) {
        String user = request.info() == null ? null : request.info().getProperty("user");
        if (user == null) {
            user = JdbcUrl.parameter(request.url(), "user");
        }
        if (user == null) {
            user = System.getProperty("user.name", "");
        }
        user = shown(user, "[^:;&=/?]*");
        String target = request.url().substring(urlPrefix.length()).split("\\?", 2)[0];
        if (!target.startsWith("//")) {
            return user + "@localhost:5432/" + shown(target, DATABASE);
        }
        int slash = target.indexOf('/', 2);
        String hosts = slash < 0 ? target.substring(2) : target.substring(2, slash);
        hosts = hosts.substring(hosts.lastIndexOf('@') + 1); // no credential belongs there, but people try
        String database = slash < 0 || slash == target.length() - 1 ? user : target.substring(slash + 1);
        hosts = shown(hosts, "[\\w.,:\\[\\]-]*");
        return user + "@" + (hosts.contains(":") ? hosts : hosts + ":5432") + "/" + shown(database, DATABASE);
    }

    /** What does not look like what it should be may be a password at the wrong place, and is not shown. */
    private static String shown(String part, String expected) {
        return part.matches(expected) ? part.replaceAll("\\p{Cntrl}", "?") : "?";
    }

    private static boolean urlHas(String url, String name) {
        return JdbcUrl.parameter(url, name) != null;
    }

    /** The driver refuses, or ignores, what is not text; either way it is not for us to decide. */
    private static boolean isAllText(Properties info) {
        for (Map.Entry<Object, Object> entry : info.entrySet()) {
            if (!(entry.getKey() instanceof String && entry.getValue() instanceof String)) {
                return false;
            }
        }
        return true;
    }

    /** Without a password in the request one may come from a file or from Kerberos. */
    private static boolean mayLogInOtherwise() {
        if (System.getProperty("java.security.auth.login.config") != null
                || System.getProperty("java.security.krb5.conf") != null
                || System.getProperty("org.postgresql.pgpassfile") != null
                || System.getenv("PGPASSFILE") != null
                || ThreadSubject.isPresent()) {
            return true;
        }
        String home = System.getProperty("user.home", "");
        String windows = System.getenv("APPDATA");
        return new File(windows == null ? home + "/.pgpass" : windows + "/postgresql/pgpass.conf").exists();
    }
}
