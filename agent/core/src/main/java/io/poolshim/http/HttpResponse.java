package io.poolshim.http;

import io.poolshim.log.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer, complete in memory. Nothing of it may be stored or be taken for another type by a browser. */
public final class HttpResponse {
    public static final String JSON = "application/json; charset=utf-8";

    /** Only what comes from here is loaded and run, and no other page may frame it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final int status;
    private final String type;
    private final byte[] body;
    private String further = "";

    public HttpResponse(int status, String type, byte[] body) {
        this.status = status;
        this.type = type;
        this.body = body;
    }

    public static HttpResponse json(int status, String json) {
        return new HttpResponse(status, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {"error":"…"}}. */
    public static HttpResponse error(int status, String message) {
        JsonWriter json = new JsonWriter().object().name("error").value(message).endObject();
        return json(status, json + "\n");
    }

    /** Adds a header line. */
    public HttpResponse with(String name, String value) {
        further += name + ": " + value + "\r\n";
        return this;
    }

    public int status() {
        return status;
    }

    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** As it goes over the wire. */
    byte[] bytes(boolean withBody) {
        String head = String.format(Locale.ROOT, "HTTP/1.1 %d %s\r\n", status, reason())
                + "Content-Type: " + type + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "Content-Security-Policy: " + POLICY + "\r\n"
                + further
                + "Connection: close\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        bytes.write(start, 0, start.length);
        if (withBody) {
            bytes.write(body, 0, body.length);
        }
        return bytes.toByteArray();
    }

    private String reason() {
        switch (status) {
            case 200:
                return "OK";
            case 503:
                return "Service Unavailable";
            default:
                return status < 400 ? "Done" : status < 500 ? "Refused" : "Failed";
        }
    }
}
