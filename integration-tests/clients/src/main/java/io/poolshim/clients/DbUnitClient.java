package io.poolshim.clients;

import io.poolshim.programs.Env;
import java.io.StringReader;
import org.dbunit.JdbcDatabaseTester;
import org.dbunit.database.IDatabaseConnection;
import org.dbunit.dataset.IDataSet;
import org.dbunit.dataset.xml.FlatXmlDataSetBuilder;
import org.dbunit.operation.DatabaseOperation;

/** dbUnit: fill, look, empty. */
final class DbUnitClient {
    private DbUnitClient() {}

    static void run(Env env) throws Exception {
        env.setup("CREATE TABLE fixture (id int PRIMARY KEY, name text)");
        IDataSet rows = new FlatXmlDataSetBuilder()
                .build(new StringReader("<dataset><fixture id='1' name='one'/><fixture id='2' name='two'/></dataset>"));
        for (int i = 0; i < 4; i++) {
            JdbcDatabaseTester tester =
                    new JdbcDatabaseTester("org.postgresql.Driver", env.url(), env.user(), env.password(), "public");
            tester.setDataSet(rows);
            tester.setSetUpOperation(DatabaseOperation.CLEAN_INSERT);
            tester.setTearDownOperation(DatabaseOperation.DELETE_ALL);
            tester.onSetup();
            IDatabaseConnection c = tester.getConnection();
            env.print(
                    "rows",
                    c.createQueryTable("r", "SELECT * FROM fixture ORDER BY id").getValue(1, "name"));
            env.print("count", c.getRowCount("fixture"));
            c.close();
            env.show("duplicate", () -> {
                IDatabaseConnection again = tester.getConnection();
                try {
                    DatabaseOperation.INSERT.execute(again, rows);
                    return "inserted";
                } finally {
                    again.close();
                }
            });
            tester.onTearDown();
            env.print("left", env.query("SELECT count(*) FROM fixture"));
        }
    }
}
