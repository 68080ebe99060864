package io.poolshim.demo;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.RunningChild;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application, running in a JVM of its own. */
final class OrderDeskProcess {
    private static final Pattern READY = Pattern.compile("Order desk ready on port (\\d+)");

    private final RunningChild child;
    private final URI address;
    private final int shutdownPort;

    private OrderDeskProcess(RunningChild child, URI address, int shutdownPort) {
        this.child = child;
        this.address = address;
        this.shutdownPort = shutdownPort;
    }

    /** Starts it on a database, to be killed after a time; {@code extraFlags} is all that the run with the agent adds. */
    static OrderDeskProcess start(
            Jdk jdk,
            Path jar,
            PostgresServer server,
            Database database,
            Path work,
            List<String> extraFlags,
            Duration atMost)
            throws IOException {
        int shutdownPort = Ports.free();
        RunningChild child = ChildJvm.on(jdk)
                .jvmArgs(extraFlags.toArray(String[]::new))
                .property("http.port", 0)
                .property("shutdown.port", shutdownPort)
                .property("work.dir", work)
                .property("db.url", server.url(database.name()))
                .property("db.user", database.user())
                .property("db.password", database.password())
                .classPath(jar)
                .mainClass("com.example.orderdesk.OrderDesk")
                .timeout(atMost)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(child::kill, "order-desk-killer"));
        child.awaitOutput("Order desk ready on port");
        Matcher ready = READY.matcher(child.stdoutSoFar());
        if (!ready.find()) {
            throw new IllegalStateException("the order desk did not start: " + child.await());
        }
        return new OrderDeskProcess(child, URI.create("http://127.0.0.1:" + ready.group(1)), shutdownPort);
    }

    URI address() {
        return address;
    }

    /** Ends it as its operators always did. */
    ChildResult shutDown() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shutdownPort)) {
            socket.getOutputStream().write("SHUTDOWN".getBytes(StandardCharsets.US_ASCII));
        }
        return child.await().mustSucceed();
    }

    void kill() {
        child.kill();
    }
}
