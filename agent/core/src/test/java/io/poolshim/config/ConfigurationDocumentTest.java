package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is written from the table of settings: {@code -Dpoolshim.docs.write=true} does it. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Paths.get("..", "..", "docs", "configuration.md");

    @Test
    void document_isWhatTheTableSays() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("poolshim.docs.write")) {
            Files.write(DOCUMENT, expected.getBytes(StandardCharsets.UTF_8));
        }
        String actual = new String(Files.readAllBytes(DOCUMENT), StandardCharsets.UTF_8);
        assertEquals(expected, actual, "run this test with -Dpoolshim.docs.write=true");
    }

    private static String document() {
        StringBuilder text = new StringBuilder("# Configuration\n\n"
                + "Generated from the table of settings (`io.poolshim.config.Settings`).\n\n"
                + "A setting is given as a system property, as an environment variable, or as an argument of the agent\n"
                + "(`-javaagent:poolshim.jar=pool.max-size=20,mode=pool`, without the prefix `poolshim.`, a list with `;`\n"
                + "between its entries). The first one found in this order wins. Durations take the units ms, s, m and h.\n"
                + "A value that is not permitted is refused with a line on stderr, and the application runs unpooled.\n"
                + "A name that does not exist is named in a line and ignored.\n");
        for (Setting<?> setting : Settings.ALL) {
            if (!setting.key().startsWith("it.")) {
                text.append("\n## `").append(setting.property()).append("`\n\n");
                text.append(setting.meaning()).append("\n\n");
                text.append("- permitted: ").append(setting.permitted()).append('\n');
                String value = setting.defaultText();
                text.append("- default: ").append(value.isEmpty() ? "none" : "`" + value + "`");
                text.append("\n- environment: `").append(setting.environment()).append("`\n");
            }
        }
        text.append("\n## OpenTelemetry\n\n"
                + "Spans and metrics come from the agent's own OpenTelemetry SDK; [telemetry.md](telemetry.md) lists them. It\n"
                + "obeys the `otel.*` system properties and `OTEL_*`\n"
                + "variables of OpenTelemetry's autoconfiguration. Defaults that differ from there: the protocol of OTLP is\n"
                + "`http/protobuf`, logs are not exported, and `otel.service.name` is the name of the jar or of\n"
                + "the main class. `otel.traces.exporter=none` switches spans off, `console` writes them to stderr,\n"
                + "and `otel.metrics.exporter` does the same for metrics.\n");
        return text.toString();
    }
}
