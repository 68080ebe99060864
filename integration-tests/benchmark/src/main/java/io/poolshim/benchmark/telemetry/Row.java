package io.poolshim.benchmark.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A row of the table: who makes spans, of which share of the traces, and whether metrics are on. */
final class Row {
    final Tracing tracing;
    final Database database;

    /** Of the traces; 0 if telemetry is off. */
    final double sampled;

    private final boolean metrics;

    /** Whether spans are sent to anybody: unsent ones show what making them costs, whatever queues drop. */
    final boolean sent;

    private Row(Tracing tracing, Database database, double sampled, boolean metrics, boolean sent) {
        this.tracing = tracing;
        this.database = database;
        this.sampled = sampled;
        this.metrics = metrics;
        this.sent = sent;
    }

    static List<Row> of(Database database) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(Tracing.HIKARI, database, 0, false, true));
        for (Tracing tracing : database.tracings()) {
            rows.add(new Row(tracing, database, 0, false, true));
            rows.add(new Row(tracing, database, 0.01, false, true));
            rows.add(new Row(tracing, database, 1, false, true));
            rows.add(new Row(tracing, database, 1, false, false));
        }
        rows.add(new Row(Tracing.JAVAAGENT, database, 1, true, true));
        rows.add(new Row(Tracing.POOLSHIM, database, 1, true, true));
        return rows;
    }

    Row withAllSampled() {
        return new Row(tracing, database, 1, metrics, true);
    }

    /** Also the path to which spans are sent. */
    String id() {
        return database.name().toLowerCase(Locale.ROOT)
                + "-"
                + tracing.id
                + "-"
                + Math.round(sampled * 100)
                + (metrics ? "-metrics" : "")
                + (sent ? "" : "-unsent");
    }

    String title() {
        return tracing == Tracing.HIKARI
                ? tracing.title
                : tracing.title + ", " + (sampled == 0 ? "off" : Math.round(sampled * 100) + " %")
                        + (metrics ? " + metrics" : "")
                        + (sent ? "" : ", unsent");
    }

    /** Those of the JVM that is measured. */
    List<String> jvmArguments(SinkProcess sink) {
        List<String> arguments = new ArrayList<>(tracing.ownArguments());
        arguments.addAll(database.jvmArguments());
        arguments.addAll(Arrays.asList(
                "-Xms512m",
                "-Xmx512m",
                "-D" + Client.SOURCE + "=" + tracing.id,
                "-D" + Client.DATABASE + "=" + database.name(),
                "-Dotel.service.name=benchmark",
                "-Dotel.exporter.otlp.endpoint=" + sink.endpoint(id()),
                "-Dotel.exporter.otlp.protocol=http/protobuf",
                "-Dotel.semconv-stability.opt-in=database", // those that Poolshim follows, too
                "-Dotel.logs.exporter=none",
                "-Dotel.metrics.exporter=" + (metrics ? "otlp" : "none")));
        if (!sent) {
            arguments.add("-Dotel.traces.exporter=none");
        }
        if (sampled == 0) {
            arguments.add(tracing.off());
        } else if (sampled < 1) {
            arguments.add("-Dotel.traces.sampler=parentbased_traceidratio");
            arguments.add("-Dotel.traces.sampler.arg=" + sampled);
        }
        return arguments;
    }
}
