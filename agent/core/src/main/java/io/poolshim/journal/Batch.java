package io.poolshim.journal;

import java.util.concurrent.atomic.LongAdder;

/** Lines that are written together, by one thread; each batch begins with how many lines are missing before it. */
final class Batch {
    /** In bytes, less than the smallest log file. */
    private static final int LONGEST = 80_000;

    private final Lines lines;
    private final Sink sink;
    private final LongAdder dropped;
    private final byte[] bytes = new byte[LONGEST];
    private int length;
    private int entries;
    private long told; // of those dropped
    private long telling;

    Batch(Lines lines, Sink sink, LongAdder dropped) {
        this.lines = lines;
        this.sink = sink;
        this.dropped = dropped;
    }

    void add(Entry entry) {
        byte[] line = lines.of(entry);
        if (length + line.length > LONGEST) {
            write();
        }
        tell();
        put(line);
        entries++;
    }

    /** How many entries are in it. */
    int entries() {
        return entries;
    }

    private void put(byte[] line) {
        System.arraycopy(line, 0, bytes, length, line.length);
        length += line.length;
    }

    private void tell() {
        long all = dropped.sum();
        if (length == 0 && all > told) {
            put(lines.ofDropped(all - told));
            telling = all;
        }
    }

    /** Writes what there is; of what cannot be written it is said in the next batch that it is missing. */
    void write() {
        tell();
        if (length == 0) {
            return;
        }
        if (sink.write(bytes, length)) {
            told = Math.max(told, telling);
        } else {
            dropped.add(entries);
        }
        length = 0;
        entries = 0;
    }
}
