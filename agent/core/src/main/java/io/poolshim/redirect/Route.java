package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.PlainProperties;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Opener;
import io.poolshim.wrap.Borrowing;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a request was led to: so one that is the same in every respect needs no looking at. */
final class Route {
    private final ConnectRequest request;
    private final Opener opener;
    private final PlainProperties info;
    private final int epoch;
    private final WeakReference<Borrowing> borrowing; // weak: a web application's driver must go with its loader
    private final WeakReference<ConnectionPool> pool;

    /** In milliseconds; 0 for none. */
    final long loginTimeout;

    Route(
            ConnectRequest request,
            Opener opener,
            int epoch,
            Borrowing borrowing,
            ConnectionPool pool,
            long loginTimeout) {
        this.request = request;
        this.opener = opener;
        this.info = new PlainProperties(Objects.requireNonNull(request.info()));
        this.epoch = epoch;
        this.borrowing = new WeakReference<>(borrowing);
        this.pool = new WeakReference<>(pool);
        this.loginTimeout = loginTimeout;
    }

    /** Whether drivers are as they were, and the application asks for the same URL. */
    boolean isFor(String url, int now) {
        return epoch == now && url.equals(request.url());
    }

    boolean isFor(Properties asked) {
        return info.isWhatIsIn(asked);
    }

    boolean isFor(String user, String password) {
        return info.isWhatIsMadeOf(user, password);
    }

    /** Whether the other one is for the same request, or this one's time is over. */
    boolean isOutdatedBy(Route other) {
        return epoch != other.epoch || isFor(other.request.url(), epoch) && info.equals(other.info);
    }

    /** With a copy of the properties that nobody changes. */
    ConnectRequest request() {
        return request;
    }

    Opener opener() {
        return opener;
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
