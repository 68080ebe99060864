package io.poolshim.jdbc;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/** Who logs in where, as far as a request tells: by this, pools of one server, database or user know each other. */
public final class Login {
    private static final String PORT = ":5432";
    private static final String SERVER = "([\\w.-]*|\\[[\\w.:]*])(:[0-9]{1,5})?";

    /** {@code me:secret@host}, {@code me/secret@host}, {@code me:se?cret@host}: an @ before any parameter. */
    private static final String PASSWORD_FIRST = "(?s)[^=]*@.*";

    private static final String DRIVERS_DEFAULT = "the driver's default";

    private static final String DATABASE = "(?s)[^@:;&=/?%]*"; // % if it is no code of a character

    private static final String[] TLS = {"ssl", "sslmode", "sslNegotiation", "channelBinding"};

    private final String user;
    private final List<String> servers;
    private final String database;
    private final long secret;
    private final String shownUser;
    private final String target;
    private String tls = DRIVERS_DEFAULT;
    private String url = "";

    /**
     * A login.
     *
     * @param servers {@code host:port} of each server that the request names
     * @param secret tells passwords apart and nothing else about them
     */
    public Login(String user, List<String> servers, String database, long secret) {
        this(user, servers, database, secret, true);
    }

    private Login(String user, List<String> servers, String database, long secret, boolean certain) {
        this.user = user;
        this.servers = servers;
        this.database = database;
        this.secret = secret;
        this.shownUser = shown(user, "[^:;&=/?%]*");
        this.target = certain
                ? shown(String.join(",", servers), SERVER + "(," + SERVER + ")*") + "/" + shown(database, DATABASE)
                : "?";
    }

    private Login(String url, String user, long secret) {
        this.user = user;
        this.servers = Collections.singletonList(url);
        this.database = "";
        this.secret = secret;
        this.shownUser = "";
        this.target = url;
        this.url = url.endsWith("…") ? "" : url;
    }

    /** The login of a request whose URL is of an unknown form. */
    public static Login unread(ConnectRequest request, long secret) {
        String user = request.value("user");
        return new Login(JdbcUrl.redact(request.url()), user == null ? "" : user, secret);
    }

    /** The login of a request with a URL of PostgreSQL's form; the URL wins over the properties, as in pgjdbc. */
    public static Login of(ConnectRequest request, String urlPrefix, long secret) {
        String given = request.value("user");
        String user = given == null ? System.getProperty("user.name", "") : given;
        String rest = request.url().substring(urlPrefix.length());
        String target = rest.split("\\?", 2)[0];
        if (!target.startsWith("//")) {
            return new Login(user, Collections.singletonList("localhost" + PORT), JdbcUrl.decode(target), secret)
                    .withTls(request);
        }
        int slash = target.indexOf('/', 2);
        String database =
                slash < 0 || slash == target.length() - 1 ? user : JdbcUrl.decode(target.substring(slash + 1));
        List<String> servers = servers(slash < 0 ? target.substring(2) : target.substring(2, slash));
        return new Login(user, servers, database, secret, !rest.matches(PASSWORD_FIRST)).withTls(request);
    }

    private static List<String> servers(String hosts) {
        String[] servers = hosts.split(",");
        for (int i = 0; i < servers.length; i++) {
            boolean hasPort = servers[i].lastIndexOf(':') > servers[i].lastIndexOf(']'); // [::1] has none
            servers[i] = (servers[i].isEmpty() ? "localhost" : servers[i]) + (hasPort ? "" : PORT);
        }
        return Arrays.asList(servers);
    }

    /** By the request; it is only shown. */
    private Login withTls(ConnectRequest request) {
        url = target.indexOf('?') >= 0 ? "" : request.url().split("\\?", 2)[0];
        StringJoiner given = new StringJoiner(" ");
        for (String property : TLS) {
            String value = request.value(property);
            if (value != null) {
                given.add(property + "=" + shown(value, "[\\w.-]{0,20}"));
            }
        }
        tls = given.length() == 0 ? DRIVERS_DEFAULT : given.toString();
        return this;
    }

    /** What the request says of TLS, such as {@code sslmode=verify-full}; the default of the driver if that is nothing. */
    public String tls() {
        return tls;
    }

    /** Whether both lead to the same server, or may do so. */
    public boolean sharesServerWith(Login other) {
        return !Collections.disjoint(servers, other.servers);
    }

    /** {@code host:port} of each server that the request names. */
    public List<String> servers() {
        return servers;
    }

    /** Whether this is the database of that name. */
    public boolean isTo(String name) {
        return database.equals(name);
    }

    /** Whether this is the user of that name. */
    public boolean isOf(String name) {
        return user.equals(name);
    }

    /** Whether this is the same user on the same server with another password. */
    public boolean hasOtherSecretThan(Login other) {
        return secret != other.secret && user.equals(other.user) && sharesServerWith(other);
    }

    /** {@code user@host:port/database}, the name of the login's pool; never shows what may be a password. */
    @Override
    public String toString() {
        return shownUser.isEmpty() ? target : shownUser + "@" + target;
    }

    /** {@code host:port/database}; a URL without what may be a password, if it is of an unknown form. */
    public String target() {
        return target;
    }

    /** The JDBC URL as it was given, up to its parameters; empty if it may show a password or its form is unknown. */
    public String url() {
        return url;
    }

    /** The user, unless its name may be a password at the wrong place; empty if the URL is of an unknown form. */
    public String user() {
        return shownUser;
    }

    /** What does not look like what it should be may be a password at the wrong place, and is not shown. */
    private static String shown(String part, String expected) {
        return part.matches(expected) ? part.replaceAll("\\p{Cntrl}", "?") : "?";
    }
}
