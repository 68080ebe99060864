package io.poolshim.demo;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What came back, counted: errors over the whole run, rates and latencies once the warm-up was over. */
final class Tally {
    private static final int BAD_REQUEST = 400;

    private final Map<String, Integer> errors = new TreeMap<>();
    private int requests;
    private int measured;
    private int refused;
    private long[] latencies = new long[256];
    private int answered;

    synchronized void add(HttpResponse<String> response, long nanos, boolean inMeasuredTime) {
        requests++;
        measured += inMeasuredTime ? 1 : 0;
        String error = error(response);
        if (error != null) {
            errors.merge(error, 1, Integer::sum);
        } else if (inMeasuredTime) {
            addLatency(nanos);
        }
        refused += response.statusCode() == BAD_REQUEST ? 1 : 0;
    }

    synchronized void addFailure(IOException failure, boolean inMeasuredTime) {
        requests++;
        measured += inMeasuredTime ? 1 : 0;
        errors.merge(failure.getClass().getSimpleName(), 1, Integer::sum);
    }

    /** An order refused for its unknown article is an answer, not an error. */
    private static String error(HttpResponse<String> response) {
        if (response.statusCode() == 200 || response.statusCode() == BAD_REQUEST) {
            return null;
        }
        return response.headers().firstValue("X-SQLState").orElse("HTTP " + response.statusCode());
    }

    private void addLatency(long nanos) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, answered * 2);
        }
        latencies[answered++] = nanos;
    }

    synchronized void addAll(Tally other) {
        synchronized (other) {
            requests += other.requests;
            measured += other.measured;
            refused += other.refused;
            other.errors.forEach((error, count) -> errors.merge(error, count, Integer::sum));
            for (int i = 0; i < other.answered; i++) {
                addLatency(other.latencies[i]);
            }
        }
    }

    /** All, the warm-up's included. */
    synchronized int requests() {
        return requests;
    }

    /** By SQLState, the warm-up's included. */
    synchronized Map<String, Integer> errors() {
        return new TreeMap<>(errors);
    }

    synchronized int errorCount() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Orders for an article that does not exist; the application says so, and forgets a connection. */
    synchronized int refused() {
        return refused;
    }

    /** Requests of the measured time, whatever came back. */
    synchronized int measuredRequests() {
        return measured;
    }

    /** Requests of the measured time that got their page. */
    synchronized int measuredAnswers() {
        return answered;
    }

    /** Of the requests of the measured time that got their page. */
    synchronized double latencyMillis(double quantile) {
        if (answered == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(latencies, answered);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(quantile * answered) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }
}
