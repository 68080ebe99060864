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
                + "A setting is looked for in these places, and the first one that names it wins:\n\n"
                + "1. system properties: `-Dpoolshim.pool.max-size=20`;\n"
                + "2. environment variables: `POOLSHIM_POOL_MAX_SIZE=20`;\n"
                + "3. the [file](#the-file) that `poolshim.config` names: a line `poolshim.pool.max-size = 20`;\n"
                + "4. arguments of the agent: `-javaagent:poolshim.jar=pool.max-size=20,mode=pool`, without the prefix\n"
                + "   `poolshim.`, a list with `;` between its entries.\n\n"
                + "A value that is empty stands for the default. Durations take the units ms, s, m and h.\n"
                + "Values that are not permitted, or that contradict each other, are refused: one line on stderr names all of\n"
                + "them, where they come from and what is permitted, and the application runs unpooled. A name that does not\n"
                + "exist is ignored, and named in a line with the nearest one that does; variables that begin with `POOLSHIM_`\n"
                + "may be somebody else's, and are named only if they begin with `POOLSHIM_POOL_` or are close to a setting's.\n"
                + "With `poolshim.log.level=debug` all settings that were given are written to stderr at the start. No\n"
                + "value of a setting whose name has `password`, `secret` or `token` in it is ever shown, nor the password in a\n"
                + "URL.\n"
                + "\n## The file\n\n"
                + "`poolshim.config` (a system property, a variable or an agent argument) names a file in the format of\n"
                + "`java.util.Properties`, but in UTF-8: a backslash is written twice, a comment has a line of its own. In it\n"
                + "each setting has its full name:\n\n"
                + "```\n"
                + "poolshim.pool.max-size = 20\n"
                + "poolshim.pool.orders.url = jdbc:postgresql://db1*/orders*\n"
                + "poolshim.pool.orders.max-size = 5\n"
                + "```\n\n"
                + "If it cannot be read, or has more than a megabyte, the application runs unpooled, and a line says why. With\n"
                + "a file the agent is installed even if the mode is `off` there or in the agent's arguments, and lets\n"
                + "everything pass; a system property or a variable that says `off` holds for as long as the JVM lives.\n"
                + "\n## Settings for some pools\n\n"
                + "A section `poolshim.pool.NAME.…` holds for the pools whose JDBC URL its `url` matches. NAME is made of\n"
                + "lower-case letters, digits and `-`, and is not the beginning of another setting (`max-size`, `session`). In a\n"
                + "section there can be any setting that begins with `poolshim.pool.`\n"
                + "(`poolshim.pool.NAME.max-size` for `poolshim.pool.max-size`), and `reauthenticate-after`. They win over\n"
                + "those for all pools, wherever either was given. Only one section holds for a pool: sections are not\n"
                + "merged. As variables they are `POOLSHIM_POOL_ORDERS_URL` and so on.\n");
        for (Setting<?> setting : PoolRows.ALL) {
            text.append("\n### `").append(setting.property()).append("`\n\n").append(setting.meaning());
            text.append("\n\n- permitted: ").append(setting.permitted()).append("\n- default: none\n");
        }
        text.append("\n### `poolshim.pool.NAME.session.SETTING`, `poolshim.pool.session.SETTING`\n\n"
                + "A setting of the server with which each session of those pools, or of all pools, begins, by the server's\n"
                + "own name: `poolshim.pool.orders.session.statement_timeout = 30s`. An empty value in a section takes back that\n"
                + "of all pools.\n\n"
                + "- permitted: one line of at most 200 characters; the server says what else\n"
                + "- environment: `POOLSHIM_POOL_SESSION_STATEMENT_TIMEOUT`, for names without dots\n");
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
