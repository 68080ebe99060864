package io.poolshim.config;

import java.net.Socket;
import java.net.SocketException;

/**
 * How OkHttp makes its sockets, see the build's LibraryRewriter. It leaves Nagle's algorithm on, and then each batch of spans
 * waits for the receiver's delayed acknowledgement, some 20 to 40 ms.
 */
public final class LibrarySockets {
    private LibrarySockets() {}

    /** In the place of {@link Socket#setSoTimeout}. */
    public static void setSoTimeout(Socket socket, int millis) throws SocketException {
        socket.setSoTimeout(millis);
        socket.setTcpNoDelay(true);
    }
}
