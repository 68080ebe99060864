package io.poolshim.suite;

import io.poolshim.programs.RemoteApplication;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.RunningChild;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application in a child JVM that does what it is told, thread by thread: see {@link RemoteApplication}. */
final class Remote implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ServerSocket door;
    private final RunningChild child;
    private final Path report;
    private final Socket socket;
    private final PrintWriter commands;
    private final Map<String, BlockingQueue<Answer>> answers = new ConcurrentHashMap<>();

    /** What a thread answered, and how long it took by the child's own clock. */
    record Answer(long millis, String text) {}

    private Remote(ChildJvm child, Path report) throws IOException {
        this.report = report;
        this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.child = child.args(String.valueOf(door.getLocalPort())).start();
        door.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        this.socket = door.accept();
        this.commands = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readAnswers, "answers");
        reader.setDaemon(true);
        reader.start();
    }

    static Remote unpooled(PostgresServer server, String database) {
        return start(application(server, database), Path.of("none"));
    }

    static Remote pooled(PostgresServer server, String database, Map<String, String> settings) {
        return pooled(Jdks.current(), server, database, settings);
    }

    static Remote pooled(Jdk jdk, PostgresServer server, String database, Map<String, String> settings) {
        Path report = Lab.workFolder("remote-" + database).resolve("report.json");
        ChildJvm child = AgentRun.equip(application(jdk, server, database), report);
        settings.forEach((name, value) -> child.property("poolshim." + name, value));
        return start(child, report);
    }

    /** The same with the agent, whose settings are arguments: {@code key=value,…}. */
    static Remote withArguments(PostgresServer server, String database, String arguments) {
        Path report = Lab.workFolder("remote-" + database).resolve("report.json");
        ChildJvm child = AgentRun.telemetryAndReport(application(server, database), report);
        return start(child.agent(Lab.agentJar(), arguments), report);
    }

    /** The same at a URL of its own. */
    static Remote at(String url, PostgresServer server, boolean pooled) {
        ChildJvm child = application(server, "postgres").property("app.url", url);
        Path report = Lab.workFolder("remote-at").resolve("report.json");
        return start(pooled ? AgentRun.equip(child, report) : child, report);
    }

    /** The same with the agent and its settings; the name is for files. */
    static Remote pooledAt(String url, PostgresServer server, String name, Map<String, String> settings) {
        Path report = Lab.workFolder("remote-" + name).resolve("report.json");
        ChildJvm child = AgentRun.equip(application(server, "postgres").property("app.url", url), report);
        settings.forEach((setting, value) -> child.property("poolshim." + setting, value));
        return start(child, report);
    }

    private static Remote start(ChildJvm child, Path report) {
        try {
            return new Remote(child, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChildJvm application(PostgresServer server, String database) {
        return application(Jdks.current(), server, database);
    }

    private static ChildJvm application(Jdk jdk, PostgresServer server, String database) {
        return Lab.settings(ChildJvm.on(jdk), server, database)
                .classPath(Lab.programs(), Lab.driver())
                .mainClass(RemoteApplication.class.getName());
    }

    private void readAnswers() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 3);
                queue(parts[0]).add(new Answer(Long.parseLong(parts[1]), parts.length > 2 ? parts[2] : ""));
            }
        } catch (IOException e) {
            queue("main").add(new Answer(0, "lost: " + e));
        }
    }

    private BlockingQueue<Answer> queue(String thread) {
        return answers.computeIfAbsent(thread, name -> new LinkedBlockingQueue<>());
    }

    long pid() {
        return child.pid();
    }

    /** Tells a thread to do something without waiting for it. */
    void tell(String thread, String command) {
        commands.println(thread + " " + command);
    }

    /** The thread's next answer. */
    Answer answer(String thread) {
        try {
            Answer answer = queue(thread).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError(thread + " does not answer; stderr: " + child.stderrSoFar());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tells and waits; the answer's text. */
    String ask(String thread, String command) {
        tell(thread, command);
        return answer(thread).text();
    }

    /** What it has written to stderr by now. */
    String stderrSoFar() {
        return child.stderrSoFar();
    }

    /** Lets the application end, and gives how it did. */
    AgentRun end() {
        close();
        ChildResult result = child.await();
        return new AgentRun(result, Report.read(report));
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
