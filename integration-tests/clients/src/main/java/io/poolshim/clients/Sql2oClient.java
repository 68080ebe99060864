package io.poolshim.clients;

import io.poolshim.programs.Env;
import org.sql2o.Connection;
import org.sql2o.Sql2o;

/** Sql2o that connects by URL. */
final class Sql2oClient {
    private Sql2oClient() {}

    static void run(Env env) {
        Sql2o sql2o = new Sql2o(env.url(), env.user(), env.password());
        try (Connection c = sql2o.open()) {
            c.createQuery("CREATE TABLE item (id serial PRIMARY KEY, name text)")
                    .executeUpdate();
        }
        for (int i = 0; i < 5; i++) {
            try (Connection c = sql2o.beginTransaction()) {
                env.print(
                        "key",
                        c.createQuery("INSERT INTO item (name) VALUES (:name)", true)
                                .addParameter("name", "n" + i)
                                .executeUpdate()
                                .getKey());
                if (i % 2 == 0) {
                    c.commit();
                }
            }
            try (Connection c = sql2o.open()) {
                env.print(
                        "names",
                        c.createQuery("SELECT name FROM item ORDER BY id").executeScalarList(String.class));
                env.show("fails", () -> c.createQuery("SELECT 1/0").executeScalar());
            }
        }
    }
}
