package io.poolshim.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of this machine. Which one is free may have changed when it is used. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The one asked for, or another if somebody listens there. */
    static int freeAtBest(int port) throws IOException {
        return isTaken(port) ? free() : port;
    }

    /** Some systems let one bind the loopback address beside somebody who listens on all. */
    static boolean isTaken(int port) {
        try (Socket somebody = new Socket("localhost", port)) {
            return somebody.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }
}
