package org.postgresql.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.PGStream;
import org.postgresql.util.HostSpec;

class PoolshimCommandsTest {
    private static final byte[] COMMAND = PoolshimCommands.messages("DISCARD ALL");
    private static final int SYNC = 5; // bytes

    private ServerSocket door;
    private PGStream stream;
    private Socket server;
    private PoolshimCommands commands;

    @BeforeEach
    void connect() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HostSpec host = new HostSpec(door.getInetAddress().getHostAddress(), door.getLocalPort());
        stream = new PGStream(SocketFactory.getDefault(), host, 10_000, 8192);
        server = door.accept();
        server.setSoTimeout(10_000);
        commands = new PoolshimCommands(stream, new PoolshimInput(new ByteArrayInputStream(new byte[0])));
    }

    @AfterEach
    void disconnect() throws IOException {
        stream.close();
        server.close();
        door.close();
    }

    /** All that was sent, which must end with the mark that is sent after it. */
    private byte[] sent(int length) throws IOException {
        stream.sendChar('#');
        stream.flush();
        byte[] bytes = new byte[length];
        DataInputStream in = new DataInputStream(server.getInputStream());
        in.readFully(bytes);
        assertEquals('#', in.read());
        return bytes;
    }

    @Test
    void messages_areOfTheExtendedProtocol() {
        int text = "DISCARD ALL".length();
        assertEquals('P', COMMAND[0]);
        assertEquals('B', COMMAND[1 + 4 + 1 + text + 1 + 2]);
        assertEquals('E', COMMAND[COMMAND.length - 10]);
        assertEquals(5 + 1 + text + 1 + 2 + 5 + 8 + 5 + 5, COMMAND.length);
    }

    @Test
    void flush_sendsWhatWasLeftOnce() throws IOException {
        commands.add(COMMAND);
        assertFalse(commands.isUnsent(), "somebody uses the connection");
        commands.leave();
        assertTrue(commands.isUnsent());
        commands.flush();
        commands.flush();
        assertFalse(commands.isUnsent());
        byte[] sent = sent(COMMAND.length + SYNC);
        assertEquals('S', sent[COMMAND.length]);
    }

    @Test
    void flush_leavesAConnectionAloneThatSomebodyUses() throws IOException {
        commands.add(COMMAND);
        commands.flush();
        commands.leave();
        assertFalse(commands.isUsed());
        assertTrue(commands.begin());
        assertFalse(commands.begin());
        assertTrue(commands.isUsed());
        commands.flush();
        assertArrayEquals(COMMAND, sent(COMMAND.length));
    }

    @Test
    void committedCommand_standsInATransactionOfItsOwn() throws IOException {
        commands.addCommitted(COMMAND);
        int begin = PoolshimCommands.messages("BEGIN").length;
        int commit = PoolshimCommands.messages("COMMIT").length;
        sent(begin + COMMAND.length + commit);
    }
}
