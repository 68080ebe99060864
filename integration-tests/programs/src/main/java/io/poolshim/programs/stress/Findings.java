package io.poolshim.programs.stress;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What should never happen: printed with all that helps to see why, and counted. */
final class Findings {
    private static final int ENOUGH = 20;

    /** The last acts of all threads. */
    final History recent = new History(30);

    private final Tally tally;

    Findings(Tally tally) {
        this.tally = tally;
    }

    /** Two borrowers on one session, one's state seen by another, or a use after close that succeeded. */
    void violation(String kind, Loan loan, String detail) {
        violation(kind, loan.history, loan + ": " + detail);
    }

    void violation(String kind, History history, String detail) {
        tally.count("violations");
        print("VIOLATION " + kind + ": " + detail, history);
    }

    /** Counts a failure that has a reason, and finds fault with one that has none. */
    void judge(Scene scene, String where, Loan loan, Exception failure) {
        String reason = Expected.reason(scene, loan, failure);
        if (reason != null) {
            tally.count("expected " + where + ": " + reason + " " + Expected.state(failure));
        } else {
            unexpected(where + " " + loan, loan.history, failure);
        }
    }

    void unexpected(String where, History history, Throwable failure) {
        tally.count("unexpected");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        print("UNEXPECTED at " + where + ": " + trace, history);
    }

    private synchronized void print(String headline, History history) {
        StringBuilder text = new StringBuilder(headline)
                .append("\n  thread ")
                .append(Thread.currentThread().getName());
        history.lines().forEach(line -> text.append("\n  its history: ").append(line));
        recent.lines().forEach(line -> text.append("\n  last of all: ").append(line));
        System.out.println(text);
    }

    boolean areEnough() {
        return tally.of("violations") + tally.of("unexpected") >= ENOUGH;
    }

    boolean areNone() {
        return tally.of("violations") + tally.of("unexpected") == 0;
    }
}
