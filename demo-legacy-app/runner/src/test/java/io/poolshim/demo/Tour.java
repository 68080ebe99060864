package io.poolshim.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Every page at least once, those that leave something behind in their session twice, and each way to fail. */
final class Tour {
    /** Without the agent, so that two equal transcripts full of errors are no success. */
    static final List<String> EXPECTED_STATUS = List.of(
            "GET / 200",
            "GET /articles?q=bolt 200",
            "GET /order?id=1 200",
            "GET /archive?id=7 200",
            "GET /order?id=7 200",
            "GET /customer?id=1 200",
            "GET /report 200",
            "GET /report 200",
            "POST /order 200",
            "POST /order 400",
            "POST /order 500 22001",
            "POST /order 200",
            "POST /pricelist 200",
            "POST /pricelist 500 22P02",
            "GET /order?id=abc 500 22P02",
            "GET /order?id=301 200",
            "GET /archive?id=301 200");

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ORDER = "customer=3&quantity=2&sku=A0002&sku=A0001";

    private final HttpClient client = HttpClient.newHttpClient();
    private final StringBuilder transcript = new StringBuilder();
    private final URI address;

    private Tour(URI address) {
        this.address = address;
    }

    /** Everything the application answered. */
    static String of(URI address) throws IOException, InterruptedException {
        Tour tour = new Tour(address);
        for (String path : List.of("/", "/articles?q=bolt", "/order?id=1", "/archive?id=7", "/order?id=7")) {
            tour.get(path);
        }
        for (String path : List.of("/customer?id=1", "/report", "/report")) {
            tour.get(path);
        }
        tour.post("/order", FORM, ORDER + "&remark=urgent");
        tour.post("/order", FORM, ORDER + "&remark=urgent&sku=X0000");
        tour.post("/order", FORM, ORDER + "&remark=" + "long".repeat(20));
        tour.post("/order", FORM, ORDER + "&remark=again");
        tour.post("/pricelist", "text/csv", "ACME,A0001,1.25\nACME,A0002,2.50\n");
        tour.post("/pricelist", "text/csv", "ACME,A0001,cheap\n");
        for (String path : List.of("/order?id=abc", "/order?id=301", "/archive?id=301")) {
            tour.get(path);
        }
        return tour.transcript.toString();
    }

    static List<String> statusLines(String transcript) {
        return transcript
                .lines()
                .filter(line -> line.startsWith("GET ") || line.startsWith("POST "))
                .toList();
    }

    private void get(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    private void post(String path, String type, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private void send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        String path = request.uri().toString().substring(address.toString().length());
        transcript.append(request.method()).append(' ').append(path).append(' ').append(response.statusCode());
        response.headers()
                .firstValue("X-SQLState")
                .ifPresent(state -> transcript.append(' ').append(state));
        transcript.append('\n').append(response.body());
    }
}
