package io.poolshim.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask at all. A page of somebody else, whose name was made to lead here (DNS rebinding), sends that name as the
 * Host; so only names that nobody else can have, or that were configured, are let in.
 */
public final class Doorkeeper {
    private static final List<String> LOOPBACK = Arrays.asList("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts = new HashSet<>();
    private final Set<String> hostsAtAnyPort = new HashSet<>();

    /**
     * For a server.
     *
     * @param address where it listens; its number is a Host, too, unless it listens everywhere
     * @param further {@code name} at any port, or {@code name:port}
     */
    public Doorkeeper(InetAddress address, int port, Collection<String> further) {
        LOOPBACK.forEach(name -> permit(name, port));
        if (!address.isAnyLocalAddress()) {
            String number = address.getHostAddress();
            permit(number.indexOf(':') < 0 ? number : "[" + number + "]", port);
        }
        for (String host : further) {
            (hasPort(host) ? hosts : hostsAtAnyPort).add(host.toLowerCase(Locale.ROOT));
        }
    }

    private void permit(String name, int port) {
        hosts.add(name);
        hosts.add(name + ":" + port);
    }

    private static boolean hasPort(String host) {
        return host.lastIndexOf(':') > host.lastIndexOf(']') && host.matches(".*:[0-9]+");
    }

    private static String withoutPort(String host) {
        return hasPort(host) ? host.substring(0, host.lastIndexOf(':')) : host;
    }

    /**
     * Lets a request in.
     *
     * @throws HttpError if not
     */
    public void check(HttpRequest request) throws HttpError {
        if (!isPermitted(request.header("Host"))) {
            throw new HttpError(403, "this Host is not permitted; poolshim.admin.hosts names further ones");
        }
        boolean reading = request.is("GET") || request.is("HEAD");
        if (!reading && !request.is("POST")) {
            throw new HttpError(405, "only GET, HEAD and POST are permitted");
        }
        if (!reading && !isFromHere(request)) {
            throw new HttpError(403, "a page of another origin may not do that");
        }
    }

    private boolean isPermitted(@Nullable String given) {
        if (given == null) {
            return false;
        }
        String host = given.toLowerCase(Locale.ROOT);
        return hosts.contains(host) || hostsAtAnyPort.contains(withoutPort(host));
    }

    /** Programs send no Origin, browsers do. */
    private static boolean isFromHere(HttpRequest request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        String host = "://" + request.header("Host");
        return (origin == null || origin.equalsIgnoreCase("http" + host) || origin.equalsIgnoreCase("https" + host))
                && (site == null || site.equals("same-origin") || site.equals("none"));
    }
}
