package io.poolshim.http;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that was read completely. Paths are compared as they came: none is decoded, and none leads to a file. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final Map<String, String> parameters = new HashMap<>();

    /**
     * A request.
     *
     * @param target as in the request line: {@code /path?name=value&…}
     * @param headers by their names in lower case
     * @param form the body, with more parameters; empty for none
     * @throws HttpError if a parameter is not encoded as it should be, or comes twice
     */
    public HttpRequest(String method, String target, Map<String, String> headers, String form) throws HttpError {
        int query = target.indexOf('?');
        this.method = method;
        this.path = query < 0 ? target : target.substring(0, query);
        this.headers = headers;
        if (query >= 0) {
            addParameters(target.substring(query + 1));
        }
        addParameters(form);
    }

    private void addParameters(String encoded) throws HttpError {
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                    throw new HttpError(400, "a parameter is given twice");
                }
            }
        }
    }

    private static String decode(String text) throws HttpError {
        try {
            return URLDecoder.decode(text, "UTF-8");
        } catch (IllegalArgumentException | UnsupportedEncodingException e) {
            throw new HttpError(400, "a parameter is not encoded as it should be");
        }
    }

    public String method() {
        return method;
    }

    public boolean is(String wanted) {
        return method.equals(wanted);
    }

    public String path() {
        return path;
    }

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** What came with the request, by name; the values may be anything. */
    public Map<String, String> parameters() {
        return Collections.unmodifiableMap(parameters);
    }
}
