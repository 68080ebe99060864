package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.log.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long PATIENCE = 30_000; // ms

    private final List<Map<String, Object>> written = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch mayWrite = new CountDownLatch(1);
    private volatile boolean broken;
    private final Backlog backlog = new Backlog(new Lines(sql -> sql), this::write);

    private boolean write(byte[] bytes, int length) {
        writing.countDown();
        try {
            assertTrue(mayWrite.await(PATIENCE, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (broken) {
            return false;
        }
        for (String line : new String(bytes, 0, length, StandardCharsets.UTF_8).split("\n")) {
            written.add(JsonReader.object(line));
        }
        return true;
    }

    private boolean offer(String sql) {
        boolean accepted = backlog.accepts();
        if (accepted) {
            backlog.add(new Entry("statement", Entry.SLOW).statement(sql, 0));
        }
        return accepted;
    }

    private void flush() {
        mayWrite.countDown();
        backlog.flush(PATIENCE);
    }

    private void startAndHoldUp() throws InterruptedException {
        backlog.start();
        offer("first");
        assertTrue(writing.await(PATIENCE, TimeUnit.MILLISECONDS));
    }

    @Test
    void lines_comeInTheirOrder() {
        backlog.start();
        for (int i = 0; i < 3000; i++) {
            assertTrue(offer("SELECT " + i));
        }
        flush();
        assertEquals(3000, written.size());
        for (int i = 0; i < 3000; i++) {
            assertEquals("SELECT " + i, written.get(i).get("statement"));
        }
        assertEquals(0, backlog.dropped());
    }

    @Test
    void fullBacklog_dropsAndTheNextLineSaysHowMany() throws InterruptedException {
        startAndHoldUp();
        int accepted = 1;
        while (offer("SELECT 1")) {
            accepted++;
        }
        for (int i = 0; i < 9; i++) {
            assertFalse(offer("too much"));
        }
        assertEquals(Backlog.MOST_ENTRIES, accepted);
        assertEquals(10, backlog.dropped());
        flush();
        assertEquals("dropped", written.get(1).get("event"));
        assertEquals(10.0, written.get(1).get("count"));
        assertEquals(accepted + 1, written.size());
        assertTrue(offer("again"));
        flush();
        assertEquals("again", written.get(written.size() - 1).get("statement"));
        assertEquals(
                1,
                written.stream()
                        .filter(line -> line.get("event").equals("dropped"))
                        .count());
    }

    @Test
    void longStatements_fillItSooner() throws InterruptedException {
        startAndHoldUp();
        String longOne = String.join("", Collections.nCopies(100_000, "SELECT 1 + "));
        int accepted = 0;
        while (offer(longOne)) {
            accepted++;
        }
        assertEquals(4, accepted);
        flush();
        assertEquals(1 + accepted + 1, written.size());
    }

    @Test
    void lines_thatCannotBeWrittenAreDropped() {
        backlog.start();
        broken = true;
        offer("lost");
        offer("lost");
        flush();
        broken = false;
        assertEquals(2, backlog.dropped());
        offer("found");
        flush();
        assertEquals("dropped", written.get(0).get("event"));
        assertEquals(2.0, written.get(0).get("count"));
        assertEquals("found", written.get(1).get("statement"));
    }

    @Test
    void flush_isBounded() throws InterruptedException {
        startAndHoldUp();
        backlog.flush(1);
        assertTrue(written.isEmpty());
        flush();
        assertEquals(1, written.size());
    }
}
