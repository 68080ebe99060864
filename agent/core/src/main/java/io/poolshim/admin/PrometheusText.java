package io.poolshim.admin;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus' text format, version 0.0.4: what is added under one name and the same labels is added up, as pools of one
 * name and user are.
 */
final class PrometheusText {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Family> families = new TreeMap<>();

    private static final class Family {
        final String help;
        final String type;
        final Map<String, Double> samples = new TreeMap<>();

        Family(String help, String type) {
            this.help = help;
            this.type = type;
        }
    }

    /** Labels as {@link #labels} makes them. */
    void add(String name, String type, String help, String labels, double value) {
        addPart(name, name, type, help, labels, value);
    }

    /** A series of a histogram: {@code name} with {@code _bucket}, {@code _sum} or {@code _count} at its end. */
    void addPart(String family, String name, String type, String help, String labels, double value) {
        families.computeIfAbsent(family, f -> new Family(help, type))
                .samples
                .merge(name + (labels.isEmpty() ? "" : "{" + labels + "}"), value, Double::sum);
    }

    /** {@code name="value",…}, of names and values in turn. */
    static String labels(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(pairs[i]).append("=\"");
            text.append(pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append('"');
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.9f", value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
            family.samples.forEach((series, value) ->
                    text.append(series).append(' ').append(number(value)).append('\n'));
        });
        return text.toString();
    }
}
