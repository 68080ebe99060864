package io.poolshim.http;

import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Serves small answers, one for each connection. Threads, sizes and times are bounded, whatever clients do; what does not
 * fit is closed unanswered. RATIONALE.md says why this is not the JDK's own server.
 */
public final class HttpServer {
    private static final int MOST_THREADS = 8;
    private static final int MOST_WAITING = 32; // connections that no thread looks at yet
    private static final long THREADS_END_AFTER = 10; // s
    private static final int LONGEST_READ = 2_000; // ms, for the whole request
    private static final long LONGEST_EXCHANGE = 5_000; // ms
    private static final int MOST_DRAINED = 65_536; // bytes
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(200);

    private final ServerSocket door;
    private final HttpHandler handler;
    private final ScheduledThreadPoolExecutor timer = AgentThreads.scheduler();
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            THREADS_END_AFTER,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            new AgentThreads("admin"));

    /**
     * A server at an address, which is open from now on.
     *
     * @throws IOException if it cannot be opened
     */
    public HttpServer(InetAddress address, int port, HttpHandler handler) throws IOException {
        this.handler = handler;
        this.door = new ServerSocket(port, MOST_WAITING, address);
        workers.allowCoreThreadTimeOut(true);
    }

    /** Answers from now on. */
    public void start() {
        new AgentThreads("admin door").newThread(this::accept).start();
    }

    public int port() {
        return door.getLocalPort();
    }

    /** For what is to be done now and then beside the answers, and never takes long. */
    public ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /** Answers no more. */
    public void stop() {
        closeQuietly(door);
        workers.shutdownNow();
        timer.shutdownNow();
    }

    /** Classes load with the first request, which takes a hundred times as long: so that one is nobody's. */
    private void rehearse() {
        byte[] request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try {
            HttpRequest read = new RequestReader(new ByteArrayInputStream(request)).read();
            if (read != null) {
                answer(read).bytes(true);
            }
        } catch (IOException | HttpError e) {
            Log.debug("a rehearsal of the admin port failed");
        }
    }

    private void accept() {
        rehearse();
        while (!door.isClosed()) {
            try {
                enter(door.accept());
            } catch (IOException | RuntimeException e) {
                if (!door.isClosed()) { // out of descriptors, say, which takes a while to get better
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
                }
            }
        }
    }

    private void enter(Socket client) {
        try {
            workers.execute(() -> serve(client));
        } catch (RejectedExecutionException tooMany) {
            closeQuietly(client);
        }
    }

    private void serve(Socket client) {
        ScheduledFuture<?> end = null;
        try {
            end = timer.schedule(() -> closeQuietly(client), LONGEST_EXCHANGE, TimeUnit.MILLISECONDS);
            client.setTcpNoDelay(true);
            exchange(client);
        } catch (IOException gone) {
            Log.debug("a client of the admin port has gone"); // which is its own business
        } catch (Throwable e) { // or the application's handler of uncaught exceptions would be told
            Log.swallowed("answering a request to the admin port", e);
        } finally {
            closeQuietly(client);
            if (end != null) {
                end.cancel(false);
            }
        }
    }

    private void exchange(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(new BoundedInput(client, LONGEST_READ));
        HttpRequest request = null;
        HttpResponse response;
        try {
            request = new RequestReader(in).read();
            if (request == null) {
                return;
            }
            response = answer(request);
        } catch (HttpError e) {
            response = e.response();
        }
        client.getOutputStream().write(response.bytes(request == null || !request.is("HEAD")));
        if (request == null || in.available() > 0) {
            client.shutdownOutput();
            drain(in);
        }
    }

    private HttpResponse answer(HttpRequest request) throws HttpError {
        try {
            return handler.handle(request);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("answering a request to the admin port", e);
            return HttpResponse.error(500, "the agent failed; its log says where");
        }
    }

    /** Closing with something unread would reset the connection, and the client might lose the answer. */
    private static void drain(InputStream in) throws IOException {
        byte[] rest = new byte[4096];
        int drained = 0;
        for (int count = in.read(rest); count >= 0 && drained < MOST_DRAINED; count = in.read(rest)) {
            drained += count;
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable what) {
        try {
            if (what != null) {
                what.close();
            }
        } catch (Exception e) {
            Log.debug("closing a socket of the admin port failed");
        }
    }
}
