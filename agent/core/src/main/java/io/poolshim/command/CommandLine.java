package io.poolshim.command;

import io.poolshim.config.Nearest;
import io.poolshim.config.Resources;
import io.poolshim.start.PrintSettings;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code java -jar poolshim.jar …} does, in a JVM of its own. */
public final class CommandLine {
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private static final List<String> NAMES = Arrays.asList(
            "attach",
            "list",
            "status",
            "report",
            "advice",
            "evict",
            "suspend",
            "resume",
            "resize",
            "off",
            "observe",
            "pool",
            "--print-settings",
            "--help",
            "--version");
    private static final List<String> WITH_POOL = Arrays.asList("evict", "suspend", "resume", "off", "observe", "pool");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final File jar;
    private final String version;
    private final PrintStream out;

    private CommandLine(File jar, String version, PrintStream out) {
        this.jar = jar;
        this.version = version;
        this.out = out;
    }

    /** The exit code: 0 done, 1 failed, 2 not a command. {@code jar} is the one that is sent to other JVMs. */
    public static int run(String[] args, File jar, String version, PrintStream out, PrintStream err) {
        try {
            return new CommandLine(jar, version, out).run(Arrays.asList(args));
        } catch (Misuse e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (Trouble e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int run(List<String> args) throws Misuse, Trouble {
        if (args.isEmpty()) {
            throw new Misuse(help().trim());
        }
        String name = args.get(0);
        List<String> rest = args.subList(1, args.size());
        switch (name) {
            case "-h":
            case "help":
            case "--help":
                out.print(help());
                return 0;
            case "--version":
                out.println("Poolshim " + version);
                return 0;
            case "--print-settings":
                return PrintSettings.print(String.join(",", rest), out) ? 0 : FAILED;
            case "list":
                if (!rest.isEmpty()) {
                    throw new Misuse("'list' takes no '" + rest.get(0) + "'; see --help");
                }
                new JvmList(AttachApi.find(), jar.getName()).lines().forEach(out::println);
                return 0;
            default:
                return new Conversation(jar, out).hold(pid(name, rest), words(name, rest));
        }
    }

    private static String help() {
        try {
            return Resources.text(CommandLine.class, "help.txt");
        } catch (IOException e) {
            return "the help is missing in this jar: " + e;
        }
    }

    private static String pid(String name, List<String> rest) throws Misuse {
        if (!NAMES.contains(name)) {
            String meant = Nearest.of(name, NAMES);
            throw new Misuse("there is no command '" + name + "'"
                    + (meant == null ? "." : "; did you mean '" + meant + "'?") + " See --help");
        }
        if (rest.isEmpty() || !NUMBER.matcher(rest.get(0)).matches()) {
            throw new Misuse("'" + name + "' needs the number of a process; 'list' shows the JVMs");
        }
        return rest.get(0);
    }

    /** What the agent is told: the command, and what comes after the process's number. */
    private static List<String> words(String name, List<String> rest) throws Misuse {
        List<String> more = rest.subList(1, rest.size());
        if (name.equals("attach")) {
            return Arrays.asList(name, String.join(",", more));
        }
        int required = name.equals("resize") ? 1 : 0;
        int permitted = required + (required > 0 || WITH_POOL.contains(name) ? 1 : 0);
        if (more.size() < required
                || required > 0 && !NUMBER.matcher(more.get(0)).matches()) {
            throw new Misuse("'resize' needs a number of connections after that of the process");
        }
        if (more.size() > permitted) {
            throw new Misuse("'" + name + "' takes no '" + more.get(permitted) + "'; see --help");
        }
        List<String> words = new ArrayList<>(Collections.singleton(name));
        words.addAll(more);
        return words;
    }
}
