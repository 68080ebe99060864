package io.poolshim.programs.stress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last things that happened, in order. */
final class History {
    private final Deque<String> lines = new ArrayDeque<>();
    private final int most;

    History(int most) {
        this.most = most;
    }

    synchronized void add(String line) {
        if (lines.size() == most) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
