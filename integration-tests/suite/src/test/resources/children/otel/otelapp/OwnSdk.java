package otelapp;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** The application's SDK, which prints its spans. */
final class OwnSdk implements SpanExporter {
    private OwnSdk() {}

    static OpenTelemetrySdk create() {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new OwnSdk()))
                .build();
        return OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        for (SpanData span : spans) {
            System.out.println("span\t" + span.getName() + "\t" + span.getKind() + "\t" + span.getTraceId() + "\t"
                    + span.getSpanId() + "\t" + span.getParentSpanId() + "\t"
                    + span.getAttributes().asMap());
        }
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
