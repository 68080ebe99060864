package io.poolshim.demo;

import java.util.Locale;

/** A line that grows by a dot each second. */
final class Progress {
    private final Runnable eachSecond;

    /** Something that is done each second beside. */
    Progress(String title, Runnable eachSecond) {
        this.eachSecond = eachSecond;
        System.out.printf("%-22s", title);
        System.out.flush();
    }

    void second(Tally soFar) {
        System.out.print('.');
        System.out.flush();
        eachSecond.run();
    }

    void done(Tally tally) {
        System.out.printf(Locale.ROOT, " %,d requests, %,d errors%n", tally.requests(), tally.errorCount());
    }
}
