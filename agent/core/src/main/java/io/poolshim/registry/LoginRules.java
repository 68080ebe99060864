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
import org.jspecify.annotations.Nullable;

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
    public static @Nullable String whyNot(ConnectRequest request) {
        Properties info = request.info();
        if (info != null && !isAllText(info)) {
            return "non-text-property";
        }
        for (String name : FOREIGN_IDENTITY) {
            if (request.gives(name)) {
                return "identity-elsewhere";
            }
        }
        return request.gives("password") || !mayLogInOtherwise(request.url()) ? null : "identity-elsewhere";
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
    private static boolean mayLogInOtherwise(String url) {
        if (System.getProperty("java.security.auth.login.config") != null
                || System.getProperty("java.security.krb5.conf") != null
                || ThreadSubject.isPresent()) {
            return true;
        }
        return url.startsWith("jdbc:postgresql:") && hasPasswordFile();
    }

    private static boolean hasPasswordFile() {
        if (System.getProperty("org.postgresql.pgpassfile") != null || System.getenv("PGPASSFILE") != null) {
            return true;
        }
        String home = System.getProperty("user.home", "");
        String windows = System.getenv("APPDATA");
        return new File(windows == null ? home + "/.pgpass" : windows + "/postgresql/pgpass.conf").exists();
    }
}
