package io.poolshim.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What the libraries inside the agent get from {@code Logger.getLogger}: a logger that java.util.logging's manager does
 * not know, and whose warnings become lines of the agent's own log, each once. The build replaces their calls by calls
 * to this class.
 */
public final class LibraryLoggers {
    private static final Handler TO_LOG = new Handler() {
        @Override
        public void publish(LogRecord record) {
            // The message is the unformatted pattern: parameters may be anything, the endpoint's password too.
            Log.once(
                    Log.Level.WARN,
                    "telemetry: " + record.getMessage() + ExportFailure.explain(record) + " (said once)");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** {@code otel.traces.exporter=console} exports by logging. */
    private static final String CONSOLE_EXPORTER = "io.opentelemetry.exporter.logging.";

    private static final Handler TO_CONSOLE = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            System.err.println("[poolshim] " + formatter.formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LibraryLoggers() {}

    /** Stands in for {@link Logger#getLogger(String)}. */
    public static Logger getLogger(String name) {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        boolean exporter = name.startsWith(CONSOLE_EXPORTER);
        logger.addHandler(exporter ? TO_CONSOLE : TO_LOG);
        logger.setLevel(exporter ? Level.INFO : Level.WARNING);
        return logger;
    }
}
