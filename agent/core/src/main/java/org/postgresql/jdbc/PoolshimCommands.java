package org.postgresql.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.postgresql.core.PGStream;

/**
 * Commands of the agent's own, of which the driver knows nothing: they lie in the stream's buffer until they are flushed,
 * or go out with what the driver sends next, and the answers come together. Nobody waits for theirs; {@link PoolshimInput}
 * leaves them out.
 */
final class PoolshimCommands {
    private static final byte[] SYNC = {'S', 0, 0, 0, 4};
    private static final byte[] BEGIN = messages("BEGIN");
    private static final byte[] COMMIT = messages("COMMIT");

    private final PGStream stream;
    private final PoolshimInput input;
    private boolean isUnsent; // what was left
    private boolean isUsed; // by somebody who may be reading

    PoolshimCommands(PGStream stream, PoolshimInput input) {
        this.stream = stream;
        this.input = input;
    }

    /**
     * A command as messages of the extended protocol, without a Sync at the end, at which the server would send its answer.
     */
    static byte[] messages(String command) {
        byte[] text = command.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write('P');
            out.writeInt(4 + 1 + text.length + 1 + 2);
            out.write(0); // the statement without a name
            out.write(text);
            out.write(0);
            out.writeShort(0);
            out.write('B');
            out.writeInt(4 + 1 + 1 + 2 + 2 + 2);
            out.write(new byte[1 + 1 + 2 + 2 + 2]);
            out.write('E');
            out.writeInt(4 + 1 + 4);
            out.write(new byte[1 + 4]);
        } catch (IOException inMemory) {
            throw new AssertionError(inMemory);
        }
        return bytes.toByteArray();
    }

    /** The {@link #messages} of a command, in the stream's buffer; only whoever uses the connection may add any. */
    void add(byte[] messages) throws IOException {
        stream.send(messages);
        input.leaveOutCommand();
    }

    /** Closes a prepared statement, should it be there; without a snapshot of the transaction, which DEALLOCATE takes. */
    void close(String statement) throws IOException {
        byte[] name = statement.getBytes(StandardCharsets.UTF_8);
        ByteBuffer close = ByteBuffer.allocate(1 + 4 + 1 + name.length + 1);
        close.put((byte) 'C').putInt(close.capacity() - 1).put((byte) 'S').put(name);
        add(close.array());
    }

    /** Like {@link #add}, and committed, whatever becomes of what is sent after it. */
    void addCommitted(byte[] messages) throws IOException {
        add(BEGIN);
        add(messages);
        add(COMMIT);
    }

    /** Ends the transaction that the server has begun for the commands, should it not do so by itself. */
    void sync() throws IOException {
        stream.send(SYNC);
        input.leaveOutReady();
    }

    /** Sends what was added, if anything was. */
    synchronized void send() throws IOException {
        isUsed = false;
        isUnsent = false;
        if (input.isAnswerDue()) {
            sync();
            stream.flush();
        }
    }

    /** Whoever used the connection does so no more: from now on {@link #flush} may send what was added. */
    synchronized void leave() {
        isUsed = false;
        isUnsent = input.isAnswerDue();
    }

    /** Whether {@link #flush} has something to send; right as soon as the connection is handed on. */
    synchronized boolean isUnsent() {
        return isUnsent;
    }

    /** Sends what was left, unless it was sent or somebody uses the connection already. */
    synchronized void flush() throws IOException {
        if (isUnsent) {
            send();
        }
    }

    /**
     * The connection is about to be used: what was left goes out before anything that its borrower sends.
     *
     * @return whether there is something
     */
    synchronized boolean begin() {
        boolean left = isUnsent;
        isUnsent = false;
        isUsed = true;
        return left;
    }

    /** Whether commands were sent some time ago, but no answer is there. */
    boolean isAnswerLate() throws IOException {
        return input.isAnswerDue() && !isUnsent() && input.available() == 0 && input.isAnswerDue();
    }

    /** Whether somebody has begun to use the connection: then only he may read from it. */
    synchronized boolean isUsed() {
        return isUsed;
    }

    /** Sends what is to be sent and waits for all answers, for as long as the stream waits; false if it ends. */
    boolean finish() throws IOException {
        send();
        return input.readAnswers();
    }
}
