package io.poolshim.launch;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;

/**
 * What another JVM wants of this one, by attaching the agent's jar, most often once more, with {@code command=FILE}. The
 * file has a line for each word, and takes the answer: an exit code on its first line, then a text, then {@link #END}.
 */
final class Command {
    private static final String ARGUMENT = "command=";
    private static final String END = "\npoolshim has answered\n";

    private Command() {}

    static boolean isOne(String arguments) {
        return arguments != null && arguments.startsWith(ARGUMENT);
    }

    /** Does it and answers; never throws. */
    static void obey(String arguments, Instrumentation instrumentation) {
        try {
            Path file = Paths.get(arguments.substring(ARGUMENT.length()));
            String words = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            answer(file, perform(words.split("\n", -1), instrumentation));
        } catch (Throwable failure) {
            Launch.tell("cannot take a command from another JVM: " + Launch.reason(failure));
        }
    }

    /** Never makes a file: if nobody waits for the answer any more, there is none. */
    private static void answer(Path file, String[] codeAndText) throws IOException {
        byte[] bytes = (codeAndText[0] + "\n" + codeAndText[1] + END).getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String[] perform(String[] words, Instrumentation instrumentation) {
        try {
            return words[0].equals("attach") ? attach(words[1], instrumentation) : Seam.command(words);
        } catch (Throwable failure) {
            return failed(Launch.reason(failure));
        }
    }

    static String[] done(String text) {
        return new String[] {"0", text};
    }

    static String[] failed(String text) {
        return new String[] {"1", text};
    }

    /** Not run when the agent is there from the start: then nobody waits for it. */
    private static String[] attach(String arguments, Instrumentation instrumentation) throws Exception {
        if (Seam.isPrepared()) {
            return attachAgain();
        }
        if (Launch.isOff(null)) {
            return failed(Launch.OFF_FOR_GOOD);
        }
        if (Launch.isOff(arguments)) {
            return failed("poolshim.mode=off is among the settings given; nothing was changed");
        }
        boolean started = Launch.install(arguments, instrumentation, true);
        return done(
                started
                        ? "attached: DriverManager.getConnection is served from pools from now on"
                        : "attached: Poolshim starts with the first DriverManager.getConnection");
    }

    /** What is in DriverManager once stays there, with the settings that it came with. */
    private static String[] attachAgain() throws Exception {
        String why = Seam.whyNot();
        if (why != null) {
            return failed(
                    Launch.INACTIVE + why + " (attaching does not change that: correct it, and start this JVM anew)");
        }
        return done(
                Seam.isStarted()
                        ? "Poolshim is active in this JVM already; settings are as they were"
                        : "Poolshim is in this JVM already, and starts with the first DriverManager.getConnection; settings are"
                                + " as they were");
    }
}
