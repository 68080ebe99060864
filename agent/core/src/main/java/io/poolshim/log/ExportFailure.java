package io.poolshim.log;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says of telemetry that could not be sent who did not answer, and what to set. */
final class ExportFailure {
    private static final String HINT =
            ": set otel.exporter.otlp.endpoint (unless set http://localhost:4318, for grpc 4317) to where OTLP is"
                    + " received, or switch this off by otel.traces.exporter=none, otel.metrics.exporter=none or"
                    + " poolshim.telemetry=off";

    /** Host, its address and port, as the HTTP client names them: what else an endpoint has is not in it. */
    private static final Pattern ADDRESS = Pattern.compile("^Failed to connect to ([A-Za-z0-9.:/\\[\\]_-]{1,300})$");

    private ExportFailure() {}

    /** What more to say; empty for a record of something else. */
    static String explain(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        if (message.equals("Exporter failed")) { // says what drives an exporter, which itself says more
            return ": something was not sent, another line says why";
        }
        return message.startsWith("Failed to export") ? cause(record.getThrown()) + HINT : "";
    }

    /** Of exceptions only classes are told, and the address: a message may quote an endpoint with its password. */
    private static String cause(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        String name = " (" + thrown.getClass().getName() + ")";
        if (thrown instanceof UnknownHostException) {
            return " The host is not known" + name;
        }
        if (thrown instanceof SocketTimeoutException) {
            return " No answer came in time" + name;
        }
        if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
            Matcher address = ADDRESS.matcher(String.valueOf(thrown.getMessage()));
            return " Nothing answers" + (address.find() ? " at " + address.group(1) : "") + name;
        }
        return name;
    }
}
