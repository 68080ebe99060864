package io.poolshim.start;

import io.poolshim.admin.Control;
import io.poolshim.admin.Report;
import java.util.function.Supplier;

/** The commands that a running agent knows. */
final class Operations {
    private final Status status;
    private final Report report;
    private final Control control;
    private final Supplier<String> advice;

    Operations(Status status, Report report, Supplier<String> advice, Control control) {
        this.status = status;
        this.report = report;
        this.advice = advice;
        this.control = control;
    }

    /**
     * Obeys: the first word is the command, the others are its arguments.
     *
     * @return what to tell, without a line end
     * @throws IllegalArgumentException if that cannot be done; the message says what can
     */
    String perform(String[] words) {
        switch (words[0]) {
            case "status":
                return status.text();
            case "report":
                return report.json().trim();
            case "advice":
                return advice.get().trim();
            case "evict":
                return words[0] + ": " + pools(control.evict(pool(words, 1)));
            case "suspend":
                return done(words, control.suspend(pool(words, 1)));
            case "resume":
                return done(words, control.resume(pool(words, 1)));
            case "resize":
                int size = Integer.parseInt(words[1]); // NumberFormatException is an IllegalArgumentException
                return done(words, control.resize(pool(words, 2), size));
            case "off":
            case "observe":
            case "pool":
                return done(words, control.mode(pool(words, 1), words[0]));
            default:
                throw new IllegalArgumentException(
                        "the Poolshim in that JVM is of another version, which has no command '" + words[0] + "'");
        }
    }

    /** All pools if none is named. */
    private static String pool(String[] words, int position) {
        return words.length > position ? words[position] : "*";
    }

    private static String done(String[] words, int pools) {
        return words[0] + ": " + pools(pools) + " now, and any that comes";
    }

    private static String pools(int number) {
        return number + (number == 1 ? " pool" : " pools");
    }
}
