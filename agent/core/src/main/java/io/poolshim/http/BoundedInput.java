package io.poolshim.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** What a client sends within a time; a time-out of the socket alone would begin anew with each byte. */
final class BoundedInput extends InputStream {
    private final Socket client;
    private final InputStream in;
    private final long deadline;

    BoundedInput(Socket client, int millis) throws IOException {
        this.client = client;
        this.in = client.getInputStream();
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("the client is too slow");
        }
        client.setSoTimeout((int) left);
        return in.read(bytes, offset, length);
    }
}
