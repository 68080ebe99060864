package io.poolshim.clients;

import io.poolshim.programs.Env;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Jdbi that connects by URL. */
final class JdbiClient {
    private JdbiClient() {}

    static void run(Env env) {
        Jdbi jdbi = Jdbi.create(env.url(), env.user(), env.password());
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE parcel (id serial PRIMARY KEY, kind text, weight int)"));
        for (int i = 0; i < 4; i++) {
            int round = i;
            env.print("batch", jdbi.withHandle(handle -> batch(handle, round)));
            env.show(
                    "fails",
                    () -> jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, handle -> {
                        handle.execute("DELETE FROM parcel");
                        return handle.execute("INSERT INTO nowhere VALUES (1)");
                    }));
            env.print(
                    "key",
                    jdbi.withHandle(handle -> handle.createUpdate("INSERT INTO parcel (kind) VALUES (:kind)")
                            .bind("kind", "late")
                            .executeAndReturnGeneratedKeys("id")
                            .mapTo(int.class)
                            .one()));
            env.print("isolation", jdbi.withHandle(Handle::getTransactionIsolationLevel));
        }
        env.print(
                "rows",
                jdbi.withHandle(
                        handle -> handle.createQuery("SELECT kind, sum(weight) w FROM parcel GROUP BY 1 ORDER BY 1")
                                .mapToMap()
                                .list()));
    }

    private static String batch(Handle handle, int round) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO parcel (kind, weight) VALUES (:kind, :weight)");
        for (int i = 0; i < 3; i++) {
            batch.bind("kind", "k" + i).bind("weight", round * 10 + i).add();
        }
        return java.util.Arrays.toString(batch.execute());
    }
}
