package io.poolshim.clients;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.poolshim.programs.Env;
import org.jooq.CloseableDSLContext;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** jOOQ that connects by URL. */
final class JooqClient {
    private static final Field<Integer> ID = field(name("id"), SQLDataType.INTEGER);
    private static final Field<String> TITLE = field(name("title"), SQLDataType.VARCHAR);

    private JooqClient() {}

    static void run(Env env) {
        try (CloseableDSLContext create = DSL.using(env.url(), env.user(), env.password())) {
            create.createTable("book").column(ID).column(TITLE).execute();
        }
        for (int i = 0; i < 5; i++) {
            int id = i;
            try (CloseableDSLContext create = DSL.using(env.url(), env.user(), env.password())) {
                create.transaction(inner -> insert(DSL.using(inner), id, "book " + id));
                env.show(
                        "fails",
                        () -> create.transactionResult(inner -> {
                            insert(DSL.using(inner), id + 100, "never");
                            return DSL.using(inner).fetchValue("SELECT 1/0");
                        }));
                env.print(
                        "batch",
                        java.util.Arrays.toString(create.batch(
                                        create.insertInto(table("book"), ID, TITLE)
                                                .values(id + 10, "a"),
                                        create.insertInto(table("book"), ID, TITLE)
                                                .values(id + 20, "b"))
                                .execute()));
                env.print(
                        "rows",
                        create.select(ID, TITLE)
                                .from("book")
                                .orderBy(ID)
                                .fetch()
                                .formatCSV());
                env.print("meta", create.meta().getTables("book").size());
            }
        }
        try (CloseableDSLContext create = DSL.using(env.url(), env.user(), env.password())) {
            env.print("count", create.select(count()).from("book").fetchOne(0));
            env.print(
                    "cursor",
                    create.selectFrom("book")
                            .orderBy(ID)
                            .fetchSize(2)
                            .fetchLazy()
                            .fetchNext(3)
                            .size());
        }
    }

    private static void insert(DSLContext create, int id, String title) {
        create.insertInto(table("book"), ID, TITLE).values(id, title).execute();
    }
}
