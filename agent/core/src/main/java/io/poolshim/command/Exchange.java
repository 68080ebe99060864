package io.poolshim.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command's way to the agent in another JVM, and the answer's way back, by a file that only this user can read. */
final class Exchange {
    private Exchange() {}

    static Answer send(OtherJvm jvm, File jar, List<String> words) throws Trouble {
        try {
            Path file = Files.createTempFile("poolshim-", ".command"); // by default nobody else's
            try {
                return send(jvm, jar, words, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Trouble(
                    "cannot write a file for the command in " + System.getProperty("java.io.tmpdir") + ": " + e);
        }
    }

    private static Answer send(OtherJvm jvm, File jar, List<String> words, Path file) throws Trouble, IOException {
        Files.write(file, String.join("\n", words).getBytes(StandardCharsets.UTF_8));
        Processes.give(file, jvm.pid());
        jvm.load(jar.getAbsolutePath(), "command=" + file.toAbsolutePath());
        Answer answer = Answer.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        if (answer == null) {
            throw new Trouble(
                    "process " + jvm.pid() + " did not answer; its stderr may say why. Does an older Poolshim run"
                            + " there, or does it not see " + file.getParent() + "?");
        }
        return answer;
    }
}
