package pools;

import java.sql.Connection;
import java.util.concurrent.Callable;

/** A pool of one, as small as can be. */
final class Kept implements Callable<Connection> {
    private final Callable<Connection> opener;
    private Connection kept;

    Kept(Callable<Connection> opener) {
        this.opener = opener;
    }

    @Override
    public Connection call() throws Exception {
        if (kept == null) {
            kept = opener.call();
        }
        return Closing.by(connection -> {}, kept);
    }
}
