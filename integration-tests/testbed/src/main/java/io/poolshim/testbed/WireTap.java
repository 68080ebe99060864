package io.poolshim.testbed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between applications and a PostgreSQL and counts what passes: statements that are executed, and round trips, as
 * the server answers each with "ready". A statement whose text contains {@link #MARK} notes the counts so far. Only for
 * connections without TLS.
 */
public final class WireTap implements AutoCloseable {
    public static final String MARK = "wire tap mark";

    /** What has passed so far. */
    public record Counts(long statements, long roundTrips) {
        public Counts minus(Counts earlier) {
            return new Counts(statements - earlier.statements, roundTrips - earlier.roundTrips);
        }
    }

    private final ServerSocket door;
    private final int serverPort;
    private final List<Counts> marks = new ArrayList<>();
    private long statements;
    private long roundTrips;

    public WireTap(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The counts at each mark. */
    public synchronized List<Counts> marks() {
        return List.copyOf(marks);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "wire tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> relay(client, server, true));
                start(() -> relay(server, client, false));
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void relay(Socket from, Socket to, boolean fromClient) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
            boolean typed = !fromClient; // only a client's first message has no type
            while (true) {
                int type = typed ? in.readUnsignedByte() : 0;
                int length = in.readInt();
                byte[] body = new byte[length - 4];
                in.readFully(body);
                if (fromClient) {
                    sent(type, body);
                } else if (type == 'Z') {
                    answered();
                }
                if (typed) {
                    out.writeByte(type);
                }
                typed = true;
                out.writeInt(length);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (EOFException | SocketException ended) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void sent(int type, byte[] body) {
        if (type == 'Q' || type == 'E') {
            statements++;
        }
        if ((type == 'Q' || type == 'P') && new String(body, StandardCharsets.UTF_8).contains(MARK)) {
            marks.add(new Counts(statements, roundTrips));
        }
    }

    private synchronized void answered() {
        roundTrips++;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
