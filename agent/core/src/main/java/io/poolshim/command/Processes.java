package io.poolshim.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;

/**
 * What Linux tells of a process. Elsewhere nothing is known, and the attach API has its say. It makes a JVM listen by
 * SIGQUIT, of which a process that is no JVM would die.
 */
final class Processes {
    private static final Path PROC = Paths.get("/proc");
    private static final long SIGQUIT = 1 << 2; // its bit in a mask of signals

    private Processes() {}

    /** Fails if there is no such process, if it is another user's, or if the signal would kill it. */
    static void check(String pid) throws Trouble {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return;
        }
        Path process = PROC.resolve(pid);
        if (!Files.isDirectory(process)) {
            throw new Trouble("there is no process " + pid + "; 'list' shows the JVMs");
        }
        try {
            String owner = Files.getOwner(process).getName();
            String own = Files.getOwner(PROC.resolve("self")).getName();
            if (!owner.equals(own) && !own.equals("root")) {
                throw new Trouble("process " + pid + " belongs to " + owner + ": run this as that user");
            }
            if (!catchesQuit(process) && !Files.exists(process.resolve("root/tmp/.java_pid" + pid))) {
                throw new Trouble("process " + pid + " is no JVM, or one with -Xrs, which cannot be attached to");
            }
        } catch (IOException unreadable) {
            return; // it may have just ended: the attach API will say so
        }
    }

    private static boolean catchesQuit(Path process) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.UTF_8)) {
            if (line.startsWith("SigCgt:")) {
                return (Long.parseUnsignedLong(
                                        line.substring("SigCgt:".length()).trim(), 16)
                                & SIGQUIT)
                        != 0;
            }
        }
        return true;
    }

    /** An environment variable that it was started with; null if there is none, or if the system does not tell. */
    static @Nullable String variable(String pid, String name) {
        try {
            byte[] all = Files.readAllBytes(PROC.resolve(pid).resolve("environ"));
            for (String entry : new String(all, StandardCharsets.UTF_8).split("\0")) {
                if (entry.startsWith(name + "=")) {
                    return entry.substring(name.length() + 1);
                }
            }
            return null;
        } catch (IOException | SecurityException notTold) {
            return null;
        }
    }

    /** Lets the other process read and write a file that root has made for it. */
    static void give(Path file, String pid) throws IOException {
        Path process = PROC.resolve(pid);
        if (Files.isDirectory(process) && !Files.getOwner(process).equals(Files.getOwner(file))) {
            Files.setOwner(file, Files.getOwner(process));
        }
    }
}
