package io.poolshim.admin;

import io.poolshim.log.JsonWriter;

/** A pool's last fifteen minutes, for plots: a point for every five seconds, some five kilobytes in all. */
final class History {
    static final int SECONDS = 5;
    private static final int POINTS = 15 * 60 / SECONDS;
    private static final String[] NAMES = {"used", "idle", "pending", "waitMicros", "borrows", "errors"};

    private final int[][] values = new int[NAMES.length][POINTS];
    private long added;

    /** In the order of the names: the first three as they are now, the others since the point before. */
    synchronized void add(long... point) {
        int at = (int) (added++ % POINTS);
        for (int i = 0; i < NAMES.length; i++) {
            values[i][at] = (int) Math.min(point[i], Integer.MAX_VALUE);
        }
    }

    /** An object with an array for each name, the oldest point first. */
    synchronized void append(JsonWriter json) {
        json.object().name("seconds").value(SECONDS);
        int count = (int) Math.min(added, POINTS);
        for (int i = 0; i < NAMES.length; i++) {
            json.name(NAMES[i]).array();
            for (long point = added - count; point < added; point++) {
                json.value(values[i][(int) (point % POINTS)]);
            }
            json.endArray();
        }
        json.endObject();
    }
}
