package io.poolshim.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An application that does what a test tells it over a socket, line by line: {@code THREAD COMMAND ARGUMENTS}. Each thread has a name and
 * does one thing after the other; its answer is {@code THREAD MILLIS TEXT}.
 */
public final class RemoteApplication {
    private final Env env = new Env(System.out);
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();
    private final Load load = new Load(env);
    private final PrintWriter answers;

    private RemoteApplication(PrintWriter answers) {
        this.answers = answers;
    }

    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter answers = new PrintWriter(
                        new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true)) {
            RemoteApplication application = new RemoteApplication(answers);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                application.dispatch(line.split(" ", 3));
            }
            application.threads.values().forEach(ExecutorService::shutdownNow);
        }
    }

    private void dispatch(String[] parts) {
        String argument = parts.length > 2 ? parts[2] : "";
        threads.computeIfAbsent(parts[0], RemoteApplication::thread)
                .execute(() -> answer(parts[0], parts[1], argument));
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private void answer(String thread, String command, String argument) {
        long start = System.nanoTime();
        String text;
        try {
            text = perform(command, argument);
        } catch (Throwable failure) {
            text = Failures.describe(failure);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        synchronized (answers) {
            answers.println(thread + " " + millis + " " + text);
        }
    }

    private String perform(String command, String argument) throws Exception {
        switch (command) {
            case "open":
                open.put(argument, env.connect());
                return "open";
            case "query":
                String[] parts = argument.split(" ", 2);
                return env.query(open.get(parts[0]), parts[1]);
            case "close":
                open.remove(argument).close();
                return "closed";
            case "once":
                return env.query(argument);
            case "many":
                String[] count = argument.split(" ", 2);
                return many(Integer.parseInt(count[0]), count[1]);
            case "login":
                try (Connection c = DriverManager.getConnection(env.url(), env.user(), argument)) {
                    return "in " + c.isValid(5);
                }
            case "load":
                load.start(Integer.parseInt(argument));
                return "loaded";
            case "requests":
                return String.valueOf(load.requests());
            case "unload":
                return load.stop();
            case "mbean":
                return MBeanCalls.perform(argument.split(" "));
            case "timeout":
                DriverManager.setLoginTimeout(Integer.parseInt(argument));
                return "set";
            default:
                throw new IllegalArgumentException(command);
        }
    }

    /** One query after the other, each on a connection of its own; how many ended how. */
    private String many(int count, String sql) {
        Map<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String end = "ok";
            try {
                env.query(sql);
            } catch (Throwable failure) {
                end = Failures.kind(failure);
            }
            ends.merge(end, 1, Integer::sum);
        }
        return ends.toString();
    }
}
