package io.poolshim.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A child JVM that has been started. */
public final class RunningChild {
    private final Process process;
    private final String command;
    private final Duration timeout;
    private final long startNanos = System.nanoTime();
    private final Collector stdout;
    private final Collector stderr;

    RunningChild(Process process, String command, Duration timeout) throws IOException {
        this.process = process;
        this.command = command;
        this.timeout = timeout;
        this.stdout = new Collector(process.getInputStream(), "stdout");
        this.stderr = new Collector(process.getErrorStream(), "stderr");
        process.getOutputStream().close();
    }

    /** What it has printed so far. */
    public String stdoutSoFar() {
        return stdout.text();
    }

    /** What it has printed to stderr so far. */
    public String stderrSoFar() {
        return stderr.text();
    }

    /** Its number for the operating system. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns once the child has printed the text, or has ended; fails when neither happens in time. */
    public void awaitOutput(String text) {
        Await.until("the child prints " + text, timeout, () -> stdout.text().contains(text) || !process.isAlive());
    }

    /** Kills it; {@link #await()} then gives what there was. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, and makes one when the time is over. */
    public ChildResult await() {
        try {
            long left = timeout.toNanos() - (System.nanoTime() - startNanos);
            boolean timedOut = !process.waitFor(left, TimeUnit.NANOSECONDS);
            Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
            if (timedOut) {
                dumpThreads();
                process.destroyForcibly().waitFor();
            }
            stdout.join();
            stderr.join();
            return new ChildResult(command, process.exitValue(), timedOut, stdout.text(), stderr.text(), duration);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }

    /** On SIGQUIT a JVM writes its threads to stdout. */
    private void dumpThreads() throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            Await.until(
                    "a thread dump", Duration.ofSeconds(5), () -> stdout.text().contains("JNI global ref"));
        } catch (IOException | IllegalStateException e) {
            System.err.println("no thread dump of " + command + ": " + e);
        }
    }

    private static final class Collector extends Thread {
        private final InputStream stream;
        private final StringBuilder text = new StringBuilder();

        Collector(InputStream stream, String name) {
            super("child " + name);
            this.stream = stream;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try (var reader = new java.io.InputStreamReader(stream, StandardCharsets.UTF_8)) {
                char[] buffer = new char[8192];
                for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                    append(buffer, read);
                }
            } catch (IOException e) {
                // A stream closed under us is how a killed process ends.
                if (!String.valueOf(e.getMessage()).contains("Stream closed")) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private synchronized void append(char[] buffer, int length) {
            text.append(buffer, 0, length);
        }

        synchronized String text() {
            return text.toString();
        }
    }
}
