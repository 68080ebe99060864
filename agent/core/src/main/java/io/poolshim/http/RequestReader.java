package io.poolshim.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one request of HTTP/1.0 or 1.1: the strict part of it that browsers, curl, Prometheus and kubelets speak. */
final class RequestReader {
    private static final int LONGEST_HEAD = 8_192; // bytes
    private static final int LONGEST_BODY = 8_192; // bytes
    private static final int MOST_HEADERS = 64;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /**
     * The request; null if the stream ends before it begins.
     *
     * @throws HttpError if it is not one, or larger than is permitted
     * @throws IOException if the stream ends in its middle, or does not come in time
     */
    @Nullable HttpRequest read() throws IOException, HttpError {
        String head = head();
        if (head == null) {
            return null;
        }
        String[] lines = head.split("\r?\n", -1);
        String[] parts = lines[0].split(" ", -1);
        if (parts.length != 3 || !parts[0].matches("[A-Z]{1,16}") || !parts[2].matches("HTTP/1\\.[01]")) {
            throw new HttpError(400, "this is no request of HTTP/1.1");
        }
        if (!parts[1].matches("/[\\x21-\\x7e]*")) {
            throw new HttpError(400, "the target is no path");
        }
        Map<String, String> headers = headers(lines);
        return new HttpRequest(parts[0], parts[1], headers, body(headers));
    }

    /** Up to the empty line, without it. */
    private @Nullable String head() throws IOException, HttpError {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int newlines = 0; // in a row
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new IOException("the request ends in its middle");
            }
            if (bytes.size() >= LONGEST_HEAD) {
                throw new HttpError(431, "the request is too long");
            }
            bytes.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> headers(String[] lines) throws HttpError {
        Map<String, String> headers = new HashMap<>();
        if (lines.length > MOST_HEADERS) {
            throw new HttpError(431, "the request has too many headers");
        }
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            String name = colon < 0 ? "" : lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            if (!name.matches("[\\w!#$%&'*+.^`|~-]+") || lines[i].matches(".*[\\x00-\\x08\\x0a-\\x1f\\x7f].*")) {
                throw new HttpError(400, "a header is not as it should be");
            }
            String value = lines[i].substring(colon + 1).trim();
            String before = headers.put(name, value);
            if (before != null) {
                if (name.matches("host|origin|authorization|content-length")) {
                    throw new HttpError(400, "a header is given twice");
                }
                headers.put(name, before + ", " + value);
            }
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException, HttpError {
        if (headers.containsKey("transfer-encoding")) {
            throw new HttpError(501, "a body must have a Content-Length");
        }
        String given = headers.getOrDefault("content-length", "0");
        if (!given.matches("[0-9]{1,18}")) {
            throw new HttpError(400, "the Content-Length is no number");
        }
        long length = Long.parseLong(given);
        if (length > LONGEST_BODY) {
            throw new HttpError(413, "the body is too long");
        }
        byte[] body = new byte[(int) length];
        int read = 0;
        while (read < body.length) {
            int count = in.read(body, read, body.length - read);
            if (count < 0) {
                throw new IOException("the request ends in its middle");
            }
            read += count;
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
