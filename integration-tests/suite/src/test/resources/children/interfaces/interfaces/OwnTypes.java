package interfaces;

import java.sql.Connection;
import java.sql.Statement;
import org.h2.engine.CastDataProvider;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcConnectionBackwardsCompat;
import org.h2.jdbc.JdbcStatement;
import org.h2.jdbc.JdbcStatementBackwardsCompat;

/** What only this driver has. */
final class OwnTypes {
    private OwnTypes() {}

    static void h2(Out out) throws Exception {
        try (Connection c = Main.connect();
                Statement s = c.createStatement()) {
            out.print("own interface", c instanceof JdbcConnectionBackwardsCompat);
            out.print("statement's own interface", s instanceof JdbcStatementBackwardsCompat);
            out.show("own method", () -> ((CastDataProvider) c).zeroBasedEnums());
            out.show("is own class", () -> c.isWrapperFor(JdbcConnection.class));
            out.show("statement is own class", () -> s.isWrapperFor(JdbcStatement.class));
            out.print("text", c.toString().replaceAll("[0-9]+", "#"));
        }
        for (int i = 0; i < 2; i++) {
            Connection c = Main.connect();
            JdbcConnection own = c.unwrap(JdbcConnection.class);
            out.print("own class", own.getClass().getName());
            out.print("works", Out.query(own, "SELECT 1"));
            c.close();
            out.print("closed with it", own.isClosed());
        }
    }
}
