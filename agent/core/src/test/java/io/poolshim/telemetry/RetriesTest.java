package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.poolshim.pool.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final Retries retries = new Retries();
    private final CountDownLatch refused = new CountDownLatch(1);

    /** Whoever waits for a second attempt waits for ever. */
    private SpanExporter patient() throws IOException {
        RetryPolicy policy = retries.policy();
        return OtlpHttpSpanExporter.builder()
                .setEndpoint("http://localhost:" + closedPort())
                .setRetryPolicy(policy.toBuilder()
                        .setInitialBackoff(FOR_EVER)
                        .setMaxBackoff(FOR_EVER)
                        .setRetryExceptionPredicate(failure -> {
                            boolean again = retries.again(failure);
                            refused.countDown();
                            return again;
                        })
                        .build())
                .setTimeout(FOR_EVER)
                .build();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static List<SpanData> spans() {
        SpansInMemory spans = new SpansInMemory();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build()) {
            Span span = provider.get("test").spanBuilder("span").startSpan();
            span.end();
        }
        return spans.all();
    }

    @Test
    void again_isTrueUntilTheEnd() {
        assertTrue(retries.again(new ConnectException("refused")));
        retries.end();
        assertFalse(retries.again(new ConnectException("refused")));
        assertTrue(retries.again(new SocketTimeoutException("somebody may be there")));
        assertFalse(Thread.interrupted());
    }

    @Test
    void refusedAtTheEnd_isNotTriedAgain() throws Exception {
        SpanExporter exporter = patient();
        retries.end();
        CompletableResultCode result = exporter.export(spans()).join(30, TimeUnit.SECONDS);
        assertTrue(result.isDone());
        assertFalse(result.isSuccess());
        exporter.shutdown();
    }

    @Test
    void backOff_endsAtTheEnd() throws Exception {
        SpanExporter exporter = patient();
        CompletableResultCode result = exporter.export(spans());
        assertTrue(refused.await(30, TimeUnit.SECONDS));
        Eventually.holds("it gives up", () -> {
            retries.end(); // does nothing before it sleeps
            return result.isDone();
        });
        assertFalse(result.isSuccess());
        exporter.shutdown();
    }
}
