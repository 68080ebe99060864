package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.PlainProperties;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.wrap.Borrowing;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a request was led to: so one that is the same in every respect needs no looking at. */
final class Route {
    private final ConnectRequest request;
    private final PlainProperties info;
    private final int epoch;
    private final WeakReference<Borrowing> borrowing; // weak: a web application's driver must go with its loader
    private final WeakReference<ConnectionPool> pool;

    /** In milliseconds; 0 for none. */
    final long loginTimeout;

    Route(ConnectRequest request, int epoch, Borrowing borrowing, ConnectionPool pool, long loginTimeout) {
        this.request = request;
        this.info = new PlainProperties(Objects.requireNonNull(request.info()));
        this.epoch = epoch;
        this.borrowing = new WeakReference<>(borrowing);
        this.pool = new WeakReference<>(pool);
        this.loginTimeout = loginTimeout;
    }

    /** Whether drivers and time zone are as they were, and the application asks for the same. */
    boolean isFor(String url, Properties asked, int now) {
        return epoch == now && url.equals(request.url()) && info.isWhatIsIn(asked);
    }

    /** With a copy of the properties that nobody changes. */
    ConnectRequest request() {
        return request;
    }

    /** Null if it is gone. */
    @Nullable Borrowing borrowing() {
        return borrowing.get();
    }

    /** Null if it is gone; it may have been retired. */
    @Nullable ConnectionPool pool() {
        return pool.get();
    }
}
