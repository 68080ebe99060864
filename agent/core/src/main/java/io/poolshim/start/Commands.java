package io.poolshim.start;

import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the command line asks of the agent in this JVM; it calls by reflection, through {@code io.poolshim.launch.Seam}. */
public final class Commands {
    private static final Set<String> LOOKS = new HashSet<>(Arrays.asList("status", "report", "advice"));

    private static volatile @Nullable Operations running;

    private Commands() {}

    /** The agent has started. */
    static void serve(Operations operations) {
        running = operations;
    }

    /**
     * The agent will start with these arguments, which somebody gives who waits for an answer: so they must be right, and
     * none may be misspelt, because they cannot be given again while this JVM runs.
     *
     * @throws ConfigException if that is not so
     */
    public static void check(@Nullable String arguments) {
        List<String> ignored =
                Config.read(System.getProperties(), System.getenv(), arguments).unknownArguments();
        if (!ignored.isEmpty()) {
            throw new ConfigException("nothing was attached: " + String.join("; ", ignored));
        }
    }

    /** The agent will start with the first connection. */
    public static void announce(Instrumentation instrumentation) {
        Sign.hang(instrumentation);
    }

    /** The agent could not start, and the application runs without it. */
    public static void showFailure(Instrumentation instrumentation) {
        Sign.hang(instrumentation, Sign.FAILED);
    }

    /** Why an agent with these arguments could not start now; null if its settings are right. */
    public static @Nullable String refusal(@Nullable String arguments) {
        try {
            Config.read(System.getProperties(), System.getenv(), arguments);
            return null;
        } catch (ConfigException e) {
            return e.getMessage();
        }
    }

    /** Whether a command changes nothing, so that no agent needs to be started for it. */
    public static boolean onlyLooks(String command) {
        return LOOKS.contains(command);
    }

    /** An exit code and a text: the first word is the command, the others are its arguments. */
    public static String[] run(String[] words) {
        Operations operations = running;
        if (operations == null) {
            return answer(
                    words[0].equals("status") ? 0 : 1,
                    "Poolshim waits for the first DriverManager.getConnection in this JVM; until then there is nothing"
                            + " to tell");
        }
        try {
            return answer(0, operations.perform(words));
        } catch (IllegalArgumentException wrong) {
            return answer(1, String.valueOf(wrong.getMessage()));
        }
    }

    private static String[] answer(int code, String text) {
        return new String[] {String.valueOf(code), text};
    }
}
