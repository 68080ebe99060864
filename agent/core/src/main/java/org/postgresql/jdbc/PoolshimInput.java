package org.postgresql.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the server sends, as the driver reads it, without the answers to commands that the driver knows nothing of. Such a
 * command may be sent together with the driver's next one: then it costs no round trip, and nobody waits for it.
 *
 * <p>Reports of settings in these answers do reach the driver, which keeps account of them, and so does the server's last
 * word before it ends the session. Used by one thread at a time.
 */
final class PoolshimInput extends InputStream {
    private static final int HEADER = 5; // of each message: its type, and its length, itself included, in four bytes
    private static final int BUFFER = 8192;
    private static final String[] LAST_WORDS = {"VFATAL\0", "VPANIC\0"}; // fields of an error since PostgreSQL 9.6

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER];
    private byte[] passed = {}; // what the driver is to read before anything else
    private int next;
    private int end;
    private int commands; // whose answers are to be left out
    private int readies; // and how often the server will say that it is ready
    private final byte[] header = new byte[HEADER]; // of the message that is being read
    private int headerRead;
    private int bodyMissing;
    private byte lastOfBody;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(); // if it may be for the driver
    private boolean failed;

    PoolshimInput(InputStream source) {
        this.source = source;
    }

    /** A command was sent, or will be before anything else: what answers it is not for the driver. */
    void leaveOutCommand() {
        commands++;
    }

    /** So was a Sync. */
    void leaveOutReady() {
        readies++;
    }

    boolean isAnswerDue() {
        return commands > 0 || readies > 0;
    }

    /**
     * Waits for what is to be left out; false at the end of the stream.
     *
     * @throws IOException if one of the commands failed
     */
    boolean readAnswers() throws IOException {
        while (isAnswerDue()) {
            if (!readMore(BUFFER)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (next == end) {
            if (!isAnswerDue()) {
                return source.read(target, offset, length);
            }
            if (!readMore(BUFFER)) {
                return -1;
            }
        }
        int count = Math.min(length, end - next);
        System.arraycopy(passed, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        while (isAnswerDue()) {
            int there = source.available();
            if (there == 0 || !readMore(Math.min(there, BUFFER))) {
                return end - next;
            }
        }
        return end - next + source.available();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Reads at most so many bytes, and keeps what is for the driver; false at the end of the stream. */
    private boolean readMore(int most) throws IOException {
        int count = failed ? 0 : source.read(buffer, 0, most);
        int at = 0;
        while (at < count && isAnswerDue() && !failed) {
            at += headerRead < HEADER ? readHeader(buffer[at]) : readBody(at, Math.min(bodyMissing, count - at));
            if (headerRead == HEADER && bodyMissing == 0) {
                headerRead = 0;
                messageEnded();
            }
        }
        if (failed) {
            throw new IOException("the session that this connection had before could not be reset");
        }
        pass(buffer, at, count - at);
        return count >= 0;
    }

    private int readHeader(byte read) {
        header[headerRead++] = read;
        if (headerRead == HEADER) {
            bodyMissing = ByteBuffer.wrap(header).getInt(1) - (HEADER - 1);
            message.reset();
            message.write(header, 0, HEADER);
        }
        return 1;
    }

    private int readBody(int at, int count) {
        if (header[0] == 'S' || header[0] == 'E') {
            message.write(buffer, at, count);
        }
        lastOfBody = buffer[at + count - 1];
        bodyMissing -= count;
        return count;
    }

    private void messageEnded() {
        switch (header[0]) {
            case 'S': // the value of a setting
                pass(message.toByteArray());
                break;
            case 'E':
                byte[] error = message.toByteArray();
                if (isLastWord(new String(error, StandardCharsets.ISO_8859_1))) {
                    pass(error);
                    commands = 0;
                    readies = 0;
                } else {
                    failed = true;
                }
                break;
            case 'Z': // ready, and whether in a transaction
                failed |= lastOfBody != 'I';
                readies--;
                break;
            case 'C': // a command is complete
            case '3': // a statement is closed
                commands--;
                break;
            default: // what was parsed or bound, a notice
        }
    }

    private void pass(byte[] bytes) {
        pass(bytes, 0, bytes.length);
    }

    private static boolean isLastWord(String error) {
        return error.contains(LAST_WORDS[0]) || error.contains(LAST_WORDS[1]);
    }

    private void pass(byte[] bytes, int from, int count) {
        if (count <= 0) {
            return;
        }
        if (next == end) {
            next = end = 0;
        }
        if (end + count > passed.length) {
            passed = Arrays.copyOf(passed, Math.max(end + count, BUFFER));
        }
        System.arraycopy(bytes, from, passed, end, count);
        end += count;
    }
}
