package com.example.orderdesk;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** The catalogue. */
class ArticleDao {
    /** Opens a connection of its own, also for callers who have one already. */
    Article find(String sku) throws SQLException {
        Connection con = Db.open();
        PreparedStatement ps = con.prepareStatement("SELECT sku, name, price FROM article WHERE sku = ?");
        ps.setString(1, sku);
        ResultSet rs = ps.executeQuery();
        if (!rs.next()) {
            // Nobody closes the connection on this way out.
            throw new UnknownArticleException(sku);
        }
        Article article = new Article(rs.getString(1), rs.getString(2), rs.getBigDecimal(3));
        rs.close();
        ps.close();
        con.close();
        return article;
    }

    List<Article> search(String text) throws SQLException {
        List<Article> found = new ArrayList<Article>();
        Connection con = Db.open();
        try {
            PreparedStatement ps = con.prepareStatement(
                    "SELECT sku, name, price FROM article WHERE name ILIKE ? ORDER BY sku LIMIT 20");
            ps.setString(1, "%" + text + "%");
            ResultSet rs = ps.executeQuery();
            while (rs.next()) {
                found.add(new Article(rs.getString("sku"), rs.getString("name"), rs.getBigDecimal("price")));
            }
        } finally {
            Db.close(con);
        }
        return found;
    }

    /** A supplier's price list: lines of supplier, article number and price, separated by commas. */
    long importPrices(String csv) throws SQLException, IOException {
        Connection con = Db.open();
        try {
            PGConnection pg = (PGConnection) con;
            return pg.getCopyAPI()
                    .copyIn("COPY price_list (supplier, sku, price) FROM STDIN WITH CSV", new StringReader(csv));
        } finally {
            Db.close(con);
        }
    }
}
