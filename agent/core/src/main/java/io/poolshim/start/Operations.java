package io.poolshim.start;

import io.poolshim.admin.Report;
import io.poolshim.registry.PoolRegistry;
import java.util.Arrays;

/** The commands that a running agent knows. */
final class Operations {
    private final Report report;
    private final Status status;

    Operations(PoolRegistry registry, io.poolshim.redirect.PassThrough passed, Report report) {
        this.report = report;
        this.status = new Status(registry, passed);
    }

    /**
     * The answer, without a line end.
     *
     * @throws IllegalArgumentException if that cannot be done; the message says what can
     */
    String perform(String[] words) {
        switch (words[0]) {
            case "status":
                return status.text();
            case "report":
                return report.json().trim();
            default:
                throw new IllegalArgumentException("the Poolshim in that JVM is another version, and knows nothing of '"
                        + String.join(" ", Arrays.asList(words)) + "'");
        }
    }
}
