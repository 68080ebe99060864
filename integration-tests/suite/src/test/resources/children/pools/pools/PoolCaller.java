package pools;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** An application that brings its own pool: borrows twenty times, prints what it saw. */
public final class PoolCaller {
    private PoolCaller() {}

    public static void main(String[] args) throws Exception {
        DriverManager.registerDriver(new Database.Wrapping());
        Callable<Connection> pool = pools().get(args[0]).call();
        Set<Integer> sessions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (Connection c = pool.call();
                    Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("SELECT pg_backend_pid(), " + i)) {
                r.next();
                sessions.add(r.getInt(1));
                System.out.println(r.getInt(2));
            }
        }
        System.out.println("pooled by the application: " + (sessions.size() <= 3));
        System.exit(0);
    }

    private static Map<String, Callable<Callable<Connection>>> pools() {
        Map<String, Callable<Callable<Connection>>> pools = new HashMap<>();
        LibraryPools.addTo(pools);
        PersistencePools.addTo(pools);
        TransactionPools.addTo(pools);
        DriverPools.addTo(pools);
        ServerPools.addTo(pools);
        pools.put("home-made", () -> new Kept(HomeMade::open));
        return pools;
    }
}
