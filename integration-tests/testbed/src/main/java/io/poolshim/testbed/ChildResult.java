package io.poolshim.testbed;

import java.time.Duration;
import java.util.List;

/** How a child JVM ended. If it had to be killed, {@code timedOut} is set and {@code stdout} ends with a thread dump where one was got. */
public record ChildResult(
        String command, int exitCode, boolean timedOut, String stdout, String stderr, Duration duration) {
    public List<String> stdoutLines() {
        return stdout.lines().toList();
    }

    public List<String> stderrLines() {
        return stderr.lines().toList();
    }

    /** This result, if the child ended by itself and well; else an exception that shows everything. */
    public ChildResult mustSucceed() {
        if (timedOut || exitCode != 0) {
            throw new IllegalStateException(toString());
        }
        return this;
    }

    @Override
    public String toString() {
        String end = timedOut ? "was killed after " + duration.toSeconds() + " s" : "ended with " + exitCode;
        return "child " + end + ": " + command + "\n--- stdout\n" + stdout + "\n--- stderr\n" + stderr;
    }
}
