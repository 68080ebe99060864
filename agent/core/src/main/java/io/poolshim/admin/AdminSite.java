package io.poolshim.admin;

import io.poolshim.config.Resources;
import io.poolshim.http.Doorkeeper;
import io.poolshim.http.HttpError;
import io.poolshim.http.HttpHandler;
import io.poolshim.http.HttpRequest;
import io.poolshim.http.HttpResponse;
import io.poolshim.log.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands where on the admin port; docs/admin.md is the list for its users. */
final class AdminSite implements HttpHandler {
    private static final String NO_POOLS = "{\"pools\":[]}\n";

    private final Doorkeeper door;
    private final Token token;
    private volatile String whyNothing = "no connection has been asked for";
    private volatile @Nullable AdminState state; // none before the application's first connection

    AdminSite(Doorkeeper door, @Nullable String secret) {
        this.door = door;
        this.token = new Token(secret);
    }

    /** Why there is nothing to be told, and never will be. */
    void showNothing(String why) {
        whyNothing = why;
    }

    void show(AdminState shown) {
        state = shown;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws HttpError {
        door.check(request);
        boolean everything = isTrusted(request);
        AdminState shown = state;
        if (request.path().startsWith(ControlCommands.PREFIX)) {
            return control(request, shown, everything);
        }
        if (request.is("POST")) {
            throw new HttpError(405, "only what is below /control/ takes a POST");
        }
        switch (request.path()) {
            case "/health":
                return HttpResponse.json(
                        isIll(shown) ? 503 : 200, shown == null ? Health.empty(whyNothing) : shown.health());
            case "/health/live":
                return HttpResponse.json(200, "{\"live\":true}\n");
            case "/health/ready":
                return HttpResponse.json(isIll(shown) ? 503 : 200, "{\"ready\":" + !isIll(shown) + "}\n");
            case "/pools":
                return HttpResponse.json(200, shown == null ? NO_POOLS : shown.pools(everything));
            case "/advice":
                return advice(shown, everything);
            case "/metrics":
                String metrics = shown == null ? "" : shown.metrics();
                return new HttpResponse(200, PrometheusText.TYPE, metrics.getBytes(StandardCharsets.UTF_8));
            case "/":
                return resource("page.html", "text/html");
            case "/page.css":
                return resource("page.css", "text/css");
            case "/page.js":
                return resource("page.js", "text/javascript");
            case "/page.json":
                return HttpResponse.json(200, page(shown, everything));
            default:
                throw new HttpError(404, "there is no such page");
        }
    }

    /** It names statements and places of the application. */
    private HttpResponse advice(@Nullable AdminState shown, boolean permitted) throws HttpError {
        if (!permitted) {
            throw new HttpError(
                    token.isConfigured() ? 401 : 403,
                    "advice needs the token of poolshim.admin.token (Authorization: Bearer …)");
        }
        return HttpResponse.json(200, shown == null ? "{}\n" : shown.advice());
    }

    private HttpResponse control(HttpRequest request, @Nullable AdminState shown, boolean permitted) throws HttpError {
        if (!token.isConfigured()) {
            throw new HttpError(403, "there is no control without a token; set poolshim.admin.token");
        }
        if (!permitted) {
            throw new HttpError(401, "control needs the token of poolshim.admin.token (Authorization: Bearer …)");
        }
        if (!request.is("POST")) {
            throw new HttpError(405, "control takes a POST");
        }
        if (shown == null) {
            throw new HttpError(409, "no connection has been asked for, so there is nothing to control yet");
        }
        return shown.control(request);
    }

    /** Whoever presents a token is told if it is wrong, not shown less in silence. */
    private boolean isTrusted(HttpRequest request) throws HttpError {
        String authorization = request.header("Authorization");
        if (authorization == null) {
            return false;
        }
        if (!token.isPresentedBy(authorization)) {
            throw new HttpError(401, "the token is not the one of poolshim.admin.token");
        }
        return true;
    }

    private static boolean isIll(@Nullable AdminState shown) {
        return shown != null && shown.status() == Status.UNHEALTHY;
    }

    private String page(@Nullable AdminState shown, boolean everything) {
        JsonWriter json = new JsonWriter().object();
        json.name("tokenConfigured").value(token.isConfigured());
        json.name("trusted").value(everything);
        json.name("now").value(System.currentTimeMillis());
        if (shown == null) {
            json.name("status").value(Status.UNKNOWN.toString());
            json.name("reason").value(whyNothing);
            json.name("pools").array().endArray();
            json.name("events").array().endArray();
        } else {
            shown.append(json, everything);
        }
        return json.endObject() + "\n";
    }

    private static HttpResponse resource(String name, String type) {
        try {
            byte[] bytes = Resources.text(AdminSite.class, name).getBytes(StandardCharsets.UTF_8);
            return new HttpResponse(200, type + "; charset=utf-8", bytes);
        } catch (IOException e) {
            throw new IllegalStateException("the agent's jar lacks " + name, e);
        }
    }
}
