package io.poolshim.command;

import org.jspecify.annotations.Nullable;

/** What the attach API says when it fails, in words that say what to do. */
final class Refusals {
    private static final String[][] KNOWN = {
        {
            "does not support the attach mechanism",
            "was started with -XX:+DisableAttachMechanism, so nothing can be attached: take that away at its next start, or"
                    + " use -javaagent"
        },
        {
            "(?i)dynamic agent loading is not enabled|dynamic loading of agents",
            "takes no agents at run time: start it with -XX:+EnableDynamicAgentLoading (which a Java after 21 may demand),"
                    + " or with -javaagent"
        },
        {
            "(?i)unable to open socket file|doesn't respond|not responding",
            "does not answer: it is stopped, hangs, is no HotSpot JVM, or runs in another container (then run this inside it)"
        },
        {"(?i)no such process", "is not there; 'list' shows those that are"},
        {
            "(?i)operation not permitted|permission denied|not secure|should be owned",
            "belongs to another user: run this as that user"
        },
        {"(?i)attach to current VM", "is this command itself"},
        {
            "(?i)agent JAR not found|agent_init|failed to load agent",
            "cannot read this jar: it must see it by the same path, and be permitted to read it"
        },
    };

    private Refusals() {}

    static Trouble explain(String pid, @Nullable Throwable failure) {
        String said = String.valueOf(failure == null ? null : failure.getMessage());
        for (String[] known : KNOWN) {
            if (said.matches("(?s).*(" + known[0] + ").*")) {
                return new Trouble("process " + pid + " " + known[1]);
            }
        }
        return new Trouble("process " + pid + " cannot be attached to: " + failure);
    }
}
