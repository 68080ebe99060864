package org.postgresql.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PoolshimInputTest {
    private static final byte[] DONE = message('C', "DISCARD ALL\0");
    private static final byte[] READY = message('Z', "I");
    private static final byte[] ZONE = message('S', "TimeZone\0UTC\0");
    private static final byte[] ROWS = all(message('T', "a row has columns"), message('D', "12345"));

    /** Gives so many bytes at a time, and then a time-out instead of an end. */
    private static final class Wire extends InputStream {
        private final byte[] bytes;
        private final int most;
        private final boolean ends;
        private int at;

        Wire(int most, boolean ends, byte[]... messages) {
            this.bytes = all(messages);
            this.most = most;
            this.ends = ends;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = Math.min(Math.min(length, most), bytes.length - at);
            if (count == 0) {
                if (ends) {
                    return -1;
                }
                throw new SocketTimeoutException();
            }
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public int available() {
            return Math.min(bytes.length - at, most);
        }
    }

    private static byte[] message(char type, String body) {
        int length = 4 + body.length();
        byte[] bytes = new byte[1 + length];
        bytes[0] = (byte) type;
        bytes[3] = (byte) (length >> 8);
        bytes[4] = (byte) length;
        for (int i = 0; i < body.length(); i++) {
            bytes[5 + i] = (byte) body.charAt(i);
        }
        return bytes;
    }

    private static byte[] all(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.write(message, 0, message.length);
        }
        return all.toByteArray();
    }

    private static byte[] readAll(PoolshimInput input) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[7];
        for (int count = input.read(part, 0, 7); count >= 0; count = input.read(part, 0, 7)) {
            read.write(part, 0, count);
        }
        return read.toByteArray();
    }

    private static void leaveOut(PoolshimInput input) {
        input.leaveOutCommand();
        input.leaveOutReady();
    }

    @Test
    void command_withoutASyncEndsWithItself() throws IOException {
        byte[] parsed = all(message('1', ""), message('2', ""));
        for (int most = 1; most < 100; most++) {
            PoolshimInput input = new PoolshimInput(new Wire(most, true, parsed, DONE, parsed, ROWS, DONE, READY));
            input.leaveOutCommand();
            assertArrayEquals(all(parsed, ROWS, DONE, READY), readAll(input));
        }
    }

    @Test
    void answers_areLeftOutHoweverTheyArrive() throws IOException {
        for (int most = 1; most < 100; most++) {
            PoolshimInput input =
                    new PoolshimInput(new Wire(most, true, ROWS, DONE, READY, DONE, READY, ROWS, DONE, READY));
            leaveOut(input);
            leaveOut(input);
            assertArrayEquals(all(ROWS, DONE, READY), readAll(input));
        }
    }

    @Test
    void everything_passesIfNoAnswerIsDue() throws IOException {
        PoolshimInput input = new PoolshimInput(new Wire(9, true, DONE, READY));
        assertEquals(9, input.available());
        assertEquals('C', input.read());
        assertArrayEquals(Arrays.copyOfRange(all(DONE, READY), 1, 23), readAll(input));
    }

    @Test
    void settings_reachTheDriverFirst() throws IOException {
        for (int most = 1; most < 60; most++) {
            PoolshimInput input = new PoolshimInput(new Wire(most, true, DONE, ZONE, READY, ROWS));
            leaveOut(input);
            assertArrayEquals(all(ZONE, ROWS), readAll(input));
        }
    }

    @Test
    void available_countsWhatTheDriverWillGet() throws IOException {
        PoolshimInput input = new PoolshimInput(new Wire(1000, false, DONE, ZONE, READY));
        leaveOut(input);
        assertEquals(ZONE.length, input.available());
        byte[] read = new byte[100];
        assertEquals(ZONE.length, input.read(read));
        assertEquals(0, input.available());
        assertThrows(SocketTimeoutException.class, input::read);
    }

    @Test
    void timeOut_inTheMiddleOfAnAnswerLosesNothing() throws IOException {
        byte[] answer = all(DONE, READY);
        Wire first = new Wire(100, false, Arrays.copyOf(answer, 8));
        Wire second = new Wire(100, true, Arrays.copyOfRange(answer, 8, answer.length), ROWS);
        PoolshimInput input = new PoolshimInput(new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return (first.at < first.bytes.length || !timedOut() ? first : second).read(target, offset, length);
            }

            private int asked;

            private boolean timedOut() {
                return asked++ > 0;
            }
        });
        leaveOut(input);
        assertThrows(SocketTimeoutException.class, () -> readAll(input));
        assertArrayEquals(ROWS, readAll(input));
    }

    @Test
    void failure_isToldAtEveryRead() throws IOException {
        byte[] error = message('E', "SERROR\0VERROR\0C57014\0Mcanceled\0\0");
        PoolshimInput input = new PoolshimInput(new Wire(10, true, error, READY, ROWS));
        leaveOut(input);
        assertThrows(IOException.class, input::read);
        assertThrows(IOException.class, input::read);
        assertThrows(IOException.class, input::available);
    }

    @Test
    void openTransaction_isAFailure() {
        PoolshimInput input = new PoolshimInput(new Wire(10, true, DONE, message('Z', "T")));
        leaveOut(input);
        assertThrows(IOException.class, input::read);
    }

    @Test
    void lastWord_reachesTheDriver() throws IOException {
        byte[] farewell = message('E', "SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0");
        PoolshimInput input = new PoolshimInput(new Wire(10, true, farewell));
        leaveOut(input);
        assertArrayEquals(farewell, readAll(input));
    }

    @Test
    void readAnswers_waitsForAllOfThem() throws IOException {
        PoolshimInput input = new PoolshimInput(new Wire(10, false, DONE, READY, DONE, READY, ROWS));
        leaveOut(input);
        leaveOut(input);
        assertTrue(input.readAnswers());
        byte[] read = new byte[100];
        int count = input.read(read);
        assertArrayEquals(Arrays.copyOf(ROWS, count), Arrays.copyOf(read, count));
    }

    @Test
    void readAnswers_seesTheEndOfTheStream() throws IOException {
        PoolshimInput input = new PoolshimInput(new Wire(10, true, DONE));
        leaveOut(input);
        assertFalse(input.readAnswers());
    }
}
