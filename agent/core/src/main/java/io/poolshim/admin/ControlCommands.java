package io.poolshim.admin;

import io.poolshim.http.HttpError;
import io.poolshim.http.HttpRequest;
import io.poolshim.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /control/…}: what an operator may do, by parameters of the query or of a form. */
final class ControlCommands {
    static final String PREFIX = "/control/";

    private final Control control;

    ControlCommands(Control control) {
        this.control = control;
    }

    /**
     * Does what a request says that may say so.
     *
     * @throws HttpError if that is nothing that can be done; the message says what can
     */
    HttpResponse perform(HttpRequest request) throws HttpError {
        Map<String, String> given = request.parameters();
        String pool = given.get("pool");
        if (pool == null) {
            throw new HttpError(400, "give pool=NAME, or pool=* for all");
        }
        try {
            int affected = perform(request.path().substring(PREFIX.length()), pool, given);
            return HttpResponse.json(200, "{\"affected\":" + affected + "}\n");
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, String.valueOf(e.getMessage()));
        }
    }

    private int perform(String action, String pool, Map<String, String> given) throws HttpError {
        switch (action) {
            case "suspend":
                return control.suspend(pool);
            case "resume":
                return control.resume(pool);
            case "evict":
                return control.evict(pool);
            case "resize":
                return control.resize(pool, number(needed(given.get("max-size"), "max-size")));
            case "mode":
                return control.mode(pool, needed(given.get("mode"), "mode"));
            default:
                throw new HttpError(404, "there are suspend, resume, evict, resize and mode");
        }
    }

    private static String needed(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("give " + name + "=…");
        }
        return value;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("max-size is a number");
        }
        return Integer.parseInt(text);
    }
}
