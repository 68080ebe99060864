package io.poolshim.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application under load, whatever is done to it from outside: threads that connect, ask and close without a pause. It
 * prints a line for each line that it reads from a test's socket, and ends with the last one.
 */
public final class LoadedApplication {
    private static final int THREADS = 2;
    private static final int HELD = 3;

    private final Env env = new Env(System.out);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final List<Connection> held = new ArrayList<>();
    private volatile boolean ending;

    private LoadedApplication() {}

    public static void main(String[] args) throws Exception {
        new LoadedApplication().run(Integer.parseInt(args[0]));
    }

    private void run(int port) throws Exception {
        for (int i = 0; i < HELD; i++) {
            held.add(env.connect());
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::work, "worker " + i);
            thread.start();
            threads.add(thread);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tell(line);
            }
        }
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
        env.print("failed in all", failed.get());
    }

    /** {@code mark N} waits for N more requests, and tells how many sessions those had; {@code close} closes what is held. */
    private void tell(String line) throws Exception {
        String[] words = line.split(" ");
        if (words[0].equals("close")) {
            int answers = 0;
            for (Connection connection : held) {
                answers += env.query(connection, "SELECT 1").equals("1") ? 1 : 0;
                connection.close();
                answers += connection.isClosed() ? 1 : 0;
            }
            env.print("closed", answers);
            return;
        }
        sessions.clear();
        int until = requests.get() + Integer.parseInt(words[1]);
        while (requests.get() < until && !ending) {
            synchronized (requests) {
                requests.wait(100);
            }
        }
        env.print("sessions", sessions.size());
    }

    private void work() {
        while (!ending) {
            try (Connection c = env.connect()) {
                sessions.add(env.query(c, "SELECT pg_backend_pid()"));
            } catch (Exception | LinkageError e) {
                failed.incrementAndGet();
                env.print("failure", Failures.describe(e));
            }
            requests.incrementAndGet();
            synchronized (requests) {
                requests.notifyAll();
            }
        }
    }
}
