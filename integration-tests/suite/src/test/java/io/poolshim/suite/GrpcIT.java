package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.TracedApplication;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.junit.jupiter.api.Test;

/** OTLP by gRPC, as a receiver that speaks HTTP/2 without TLS gets it. */
class GrpcIT {
    private static final Path WORK = Lab.workFolder("grpc");
    private static final int PREFIX = 5; // of a message: whether it is compressed, and its length

    /** Answers each call with an empty message, and keeps the last one of each kind as text. */
    private static final class Receiver extends HttpServlet {
        private static final long serialVersionUID = 1L;

        final transient Map<String, String> received = new ConcurrentHashMap<>();

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            received.merge(request.getRequestURI(), body, String::concat);
            response.setContentType("application/grpc");
            response.setTrailerFields(() -> Map.of("grpc-status", "0"));
            response.getOutputStream().write(new byte[PREFIX]);
        }
    }

    private static Tomcat start(Receiver receiver) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(WORK.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "receiver", receiver);
        context.addServletMappingDecoded("/*", "receiver");
        tomcat.start();
        return tomcat;
    }

    @Test
    void spansAndMetrics_goByGrpcIfThatIsWanted() throws Exception {
        Receiver receiver = new Receiver();
        Tomcat tomcat = start(receiver);
        try {
            Path report = WORK.resolve("report.json");
            AgentRun.of(
                            Lab.child(Jdks.current(), Lab.freshDatabase("grpc"), TracedApplication.class)
                                    .agent(Lab.agentJar())
                                    .property("poolshim.report", report)
                                    .property("otel.exporter.otlp.protocol", "grpc")
                                    .property(
                                            "otel.exporter.otlp.endpoint",
                                            "http://localhost:"
                                                    + tomcat.getConnector().getLocalPort()),
                            report)
                    .mustBeClean();
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
        String collector = "/opentelemetry.proto.collector.";
        String spans = receiver.received.getOrDefault(collector + "trace.v1.TraceService/Export", "");
        assertTrue(spans.contains("INSERT traced"), receiver.received::toString);
        String metrics = receiver.received.getOrDefault(collector + "metrics.v1.MetricsService/Export", "");
        assertTrue(metrics.contains("db.client.connection.wait_time"), receiver.received::toString);
    }
}
