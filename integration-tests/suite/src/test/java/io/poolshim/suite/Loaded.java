package io.poolshim.suite;

import io.poolshim.programs.LoadedApplication;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.RunningChild;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An application under load in a child JVM, see {@link LoadedApplication}. */
final class Loaded implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningChild child;
    private final ServerSocket door;
    private final Socket socket;
    private final PrintWriter lines;
    private int asked;

    /** {@code child}: without arguments so far. */
    Loaded(ChildJvm child) {
        try {
            this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            this.child = child.args(String.valueOf(door.getLocalPort())).start();
            door.setSoTimeout((int) PATIENCE.toMillis());
            this.socket = door.accept();
            this.lines = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String pid() {
        return String.valueOf(child.pid());
    }

    String stderr() {
        return child.stderrSoFar();
    }

    /** How many sessions the next so many requests have had. */
    int sessionsOfTheNext(int requests) {
        return ask("mark " + requests, "sessions: ");
    }

    /** Closes the connections that it has held from the start on; two for each of which all is well. */
    int closeHeld() {
        return ask("close", "closed: ");
    }

    private int ask(String line, String label) {
        asked++;
        lines.println(line);
        Await.until("the application answers " + line, PATIENCE, () -> answers() == asked || !child.isAlive());
        String out = child.stdoutSoFar();
        int start = out.lastIndexOf(label) + label.length();
        return Integer.parseInt(out.substring(start, out.indexOf('\n', start)));
    }

    private long answers() {
        String out = child.stdoutSoFar();
        return out.substring(0, out.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("sessions: ") || line.startsWith("closed: "))
                .count();
    }

    /** Lets it end. */
    ChildResult end() {
        close();
        return child.await();
    }

    @Override
    public void close() {
        try {
            socket.shutdownOutput();
            door.close();
        } catch (IOException e) {
            child.kill();
        }
    }
}
