package io.poolshim.command;

import java.io.File;
import java.io.PrintStream;
import java.util.List;

/** One command, one JVM. */
final class Conversation {
    private static final int PATIENCE = 60; // seconds; attaching starts the agent there

    private final File jar;
    private final PrintStream out;

    Conversation(File jar, PrintStream out) {
        this.jar = jar;
        this.out = out;
    }

    /** The exit code. */
    int hold(String pid, List<String> words) throws Trouble {
        AttachApi api = AttachApi.find();
        Processes.check(pid);
        return Patience.with(pid, () -> talk(api, pid, words)).answerWithin(PATIENCE);
    }

    private int talk(AttachApi api, String pid, List<String> words) throws Trouble {
        try (OtherJvm jvm = api.attach(pid)) {
            boolean attach = words.get(0).equals("attach");
            if (!attach && !jvm.hasPoolshim()) { // and this jar is not to be loaded there to find out
                throw new Trouble("Poolshim is not active in process " + pid + "; 'attach " + pid + "' starts it");
            }
            boolean warns = attach && !jvm.hasPoolshim() && isFrom21(jvm.javaVersion());
            Answer answer = Exchange.send(jvm, jar, words);
            if (answer.code != 0) {
                throw new Trouble("process " + pid + ": " + answer.text);
            }
            out.println(answer.text);
            if (warns) {
                out.println(
                        "(That process, of Java 21 or later, may have written a warning to its stderr: agents loaded at run"
                                + " time will one day be refused unless it is started with -XX:+EnableDynamicAgentLoading.)");
            }
            return answer.code;
        }
    }

    private static boolean isFrom21(String version) {
        String major = version.replaceFirst("[^0-9].*", "");
        return major.length() == 2 && Integer.parseInt(major) >= 21;
    }
}
