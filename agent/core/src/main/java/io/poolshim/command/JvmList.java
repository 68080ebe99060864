package io.poolshim.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The JVMs that could be attached to, one on a line. */
final class JvmList {
    private static final int PATIENCE = 5; // seconds for each, asked all at once

    private final AttachApi api;
    private final String ownJar;

    /** {@code ownJar}: JVMs that run it are commands like this one, and left out. */
    JvmList(AttachApi api, String ownJar) {
        this.api = api;
        this.ownJar = ownJar;
    }

    List<String> lines() throws Trouble {
        List<AttachApi.Listed> jvms = new ArrayList<>();
        List<Patience<String>> rows = new ArrayList<>();
        for (AttachApi.Listed jvm : listed()) {
            if (!jvm.name.endsWith(ownJar)) {
                jvms.add(jvm);
                rows.add(Patience.with(jvm.pid, () -> row(jvm)));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line("PID", "Java", "Poolshim", "main class or jar"));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(lineOf(jvms.get(i), rows.get(i)));
        }
        return lines;
    }

    private List<AttachApi.Listed> listed() throws Trouble {
        try {
            return api.list();
        } catch (ReflectiveOperationException e) {
            throw new Trouble("this JVM's attach API cannot list others: " + e);
        }
    }

    private static String lineOf(AttachApi.Listed jvm, Patience<String> row) {
        try {
            return row.answerWithin(PATIENCE);
        } catch (Trouble silent) {
            return line(jvm.pid, "?", "?", jvm.name);
        }
    }

    private String row(AttachApi.Listed jvm) throws Trouble {
        Processes.check(jvm.pid);
        try (OtherJvm other = api.attach(jvm.pid)) {
            return line(jvm.pid, other.javaVersion(), other.presence(), jvm.name);
        }
    }

    private static String line(String pid, String java, String poolshim, String name) {
        return String.format(
                Locale.ROOT, "%-8s %-12s %-9s %s", pid, java, poolshim, name.isEmpty() ? "(unknown)" : name);
    }
}
