package io.poolshim.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;

/** One user at the browser. What it asks for, in which order, and how long it pauses, follows from its seed alone. */
final class Shopper implements Runnable {
    /** A mistyped article number makes the application forget a connection; two users do that, until they are told so. */
    private static final int MISTYPING_SHOPPERS = 2;

    private static final int FIRST_TYPO = 10;
    private static final int REQUESTS_BETWEEN_TYPOS = 3;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client;
    private final URI address;
    private final Random random;
    private final Schedule schedule;
    private final Tally tally = new Tally();
    private final boolean mistypes;
    private int requests;

    Shopper(HttpClient client, URI address, long seed, int number, Schedule schedule) {
        this.client = client;
        this.address = address;
        this.random = new Random(seed * 1_000_003 + number);
        this.schedule = schedule;
        this.mistypes = number < MISTYPING_SHOPPERS;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void run() {
        try {
            while (!schedule.isOver()) {
                Thread.sleep(20 + random.nextInt(61));
                HttpRequest request = next();
                request(isTypoDue() ? typo() : request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void request(HttpRequest request) throws InterruptedException {
        boolean measured = schedule.isMeasured();
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            tally.add(response, System.nanoTime() - start, measured);
        } catch (IOException e) {
            tally.addFailure(e, measured);
        }
    }

    private boolean isTypoDue() {
        int sinceFirst = ++requests - FIRST_TYPO;
        return mistypes && sinceFirst >= 0 && sinceFirst % REQUESTS_BETWEEN_TYPOS == 0 && tally.refused() == 0;
    }

    private HttpRequest next() {
        int kind = random.nextInt(100);
        if (kind < 40) {
            return get("/articles?q=no.%20" + random.nextInt(20));
        } else if (kind < 65) {
            return get("/order?id=" + (1 + random.nextInt(300)));
        } else if (kind < 82) {
            return order();
        } else if (kind < 93) {
            return get("/customer?id=" + customer());
        } else if (kind < 97) {
            return get("/archive?id=" + (1 + random.nextInt(300)));
        } else if (kind < 99) {
            return get("/report");
        }
        return post("/pricelist", "ACME," + sku(1) + ",12.50\nACME," + sku(61) + ",7.25\n", "text/csv");
    }

    private HttpRequest order() {
        StringBuilder form = new StringBuilder("remark=demo&quantity=2&customer=" + customer());
        int lines = 1 + random.nextInt(3);
        for (int line = 0; line < lines; line++) {
            // Sixty apart, so that no article comes twice in one order.
            form.append("&sku=").append(sku(1 + line * 60));
        }
        return post("/order", form.toString(), FORM);
    }

    private HttpRequest typo() {
        return post("/order", "remark=demo&quantity=2&customer=1&sku=X0000", FORM);
    }

    private int customer() {
        return 1 + random.nextInt(100);
    }

    private String sku(int from) {
        return String.format("A%04d", from + random.nextInt(60));
    }

    private HttpRequest get(String path) {
        return to(path).GET().build();
    }

    private HttpRequest post(String path, String body, String type) {
        return to(path).header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(60));
    }
}
