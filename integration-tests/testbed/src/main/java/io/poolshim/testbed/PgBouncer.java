package io.poolshim.testbed;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PgBouncer before an embedded PostgreSQL. It asks for the passwords of the users that it is given, and logs in with them.
 * It refuses to run as root, so root runs it as somebody whom nobody knows, as the embedded servers are run.
 */
public final class PgBouncer implements AutoCloseable {
    private static final String NAME = "pgbouncer";
    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program, which Debian puts where only root looks; empty if it is not installed. */
    public static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one.
     *
     * @param mode session, transaction or statement
     * @param passwords by user
     * @param settings further lines of its configuration
     * @param work a folder of its own
     */
    public static PgBouncer start(
            PostgresServer server,
            String mode,
            Map<String, String> passwords,
            Map<String, String> settings,
            Path work) {
        try {
            int port = freePort();
            Path users = work.resolve("users.txt");
            Files.write(
                    users,
                    passwords.entrySet().stream()
                            .map(user -> quoted(user.getKey()) + " " + quoted(user.getValue()))
                            .toList());
            List<String> lines = new ArrayList<>(List.of(
                    "[databases]",
                    "* = host=127.0.0.1 port=" + server.port(),
                    "[pgbouncer]",
                    "listen_addr = 127.0.0.1",
                    "listen_port = " + port,
                    "unix_socket_dir =",
                    "auth_type = scram-sha-256",
                    "auth_file = " + users,
                    "pool_mode = " + mode,
                    "ignore_startup_parameters = extra_float_digits"));
            settings.forEach((name, value) -> lines.add(name + " = " + value));
            Path configuration = work.resolve("pgbouncer.ini");
            Files.write(configuration, lines);
            return start(configuration, work.resolve("pgbouncer.log"), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PgBouncer start(Path configuration, Path log, int port) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program()
                .orElseThrow(() -> new IllegalStateException("there is no " + NAME))
                .toString());
        command.add(configuration.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "pgbouncer-killer"));
        PgBouncer bouncer = new PgBouncer(process, port);
        Await.until("PgBouncer listens", START, () -> !process.isAlive() || bouncer.listens());
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer did not start: " + Files.readString(log));
        }
        return bouncer;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    public String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
