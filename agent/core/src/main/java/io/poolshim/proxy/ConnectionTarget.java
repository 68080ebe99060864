package io.poolshim.proxy;

import io.poolshim.jdbc.JdbcUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a connection leads to, read from its URL as far as that may be shown. */
final class ConnectionTarget {
    private static final Pattern SERVER = Pattern.compile("//([\\w.-]+)(?::([0-9]{1,5}))?(?:/(.*))?");

    private ConnectionTarget() {}

    /** {host or null, port or 0, database}. */
    static Object[] of(Connection physical) {
        String url = url(physical);
        String target = url == null ? "" : JdbcUrl.redact(url).substring(schemeLength(url));
        Matcher server = SERVER.matcher(target);
        if (!server.matches()) {
            return new Object[] {null, 0, target};
        }
        int port = server.group(2) == null ? 0 : Integer.parseInt(server.group(2));
        return new Object[] {server.group(1), port, server.group(3) == null ? "" : server.group(3)};
    }

    private static int schemeLength(String url) {
        String scheme = JdbcUrl.scheme(url);
        return url.startsWith(scheme) ? scheme.length() : JdbcUrl.redact(url).length();
    }

    private static @Nullable String url(Connection physical) {
        try {
            return physical.getMetaData().getURL();
        } catch (SQLException | RuntimeException | LinkageError e) {
            return null;
        }
    }
}
