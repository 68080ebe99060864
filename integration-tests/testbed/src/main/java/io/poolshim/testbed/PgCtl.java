package io.poolshim.testbed;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's own control program, for outages. */
record PgCtl(Binaries binaries, Path data, Path log) {
    /** A start after a kill may meet what the killed postmaster's children still hold. */
    private static final int START_ATTEMPTS = 5;

    void run(String action, String... options) {
        int exitCode = exitCode(action, List.of(options));
        if (exitCode != 0) {
            throw new IllegalStateException("pg_ctl " + action + " ended with " + exitCode + ", see " + log);
        }
    }

    /** {@code restart} takes the options of the run before, also when nothing is running. */
    void startAsBefore() {
        int exitCode = 0;
        for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
            exitCode = exitCode("restart", List.of("-m", "immediate"));
            if (exitCode == 0) {
                return;
            }
        }
        throw new IllegalStateException("pg_ctl restart ended with " + exitCode + ", see " + log);
    }

    private int exitCode(String action, List<String> options) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                binaries.program("pg_ctl").toString(), "-D", data.toString(), "-l", log.toString(), "-w", "-t", "30"));
        command.add(action);
        command.addAll(options);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("pg_ctl " + action + " hangs, see " + log);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run pg_ctl", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pg_ctl ran", e);
        }
    }
}
