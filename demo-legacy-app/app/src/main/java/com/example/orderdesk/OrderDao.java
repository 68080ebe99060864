package com.example.orderdesk;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Orders, those of this year and those in the archive. */
class OrderDao {
    private final CustomerDao customers = new CustomerDao();

    /** Part of the transaction of the caller. */
    int insert(Connection con, int customerId, String remark, BigDecimal total) throws SQLException {
        PreparedStatement ps = con.prepareStatement("INSERT INTO orders (customer_id, remark, total) VALUES (?, ?, ?)");
        ps.setInt(1, customerId);
        ps.setString(2, remark);
        ps.setBigDecimal(3, total);
        ps.executeUpdate();
        ps.close();
        Statement st = con.createStatement();
        ResultSet rs = st.executeQuery("SELECT currval('orders_id_seq')");
        rs.next();
        int id = rs.getInt(1);
        st.close();
        return id;
    }

    /** Part of the transaction of the caller. */
    void insertLines(Connection con, int orderId, List<Article> articles, int quantity) throws SQLException {
        PreparedStatement ps = con.prepareStatement("INSERT INTO order_line VALUES (?, ?, ?, ?, ?)");
        int lineNo = 1;
        for (Article article : articles) {
            ps.setInt(1, orderId);
            ps.setInt(2, lineNo++);
            ps.setString(3, article.sku);
            ps.setInt(4, quantity);
            ps.setBigDecimal(5, article.price);
            ps.addBatch();
        }
        ps.executeBatch();
        ps.close();
    }

    /** Part of the transaction of the caller. */
    void takeFromStock(Connection con, Article article, int quantity) throws SQLException {
        PreparedStatement ps = con.prepareStatement("UPDATE article SET stock = stock - ? WHERE sku = ?");
        ps.setInt(1, quantity);
        ps.setString(2, article.sku);
        ps.executeUpdate();
        ps.close();
    }

    /** The number comes from the URL as it is. */
    void appendOrder(String id, StringBuffer html) throws SQLException {
        Connection con = Db.open();
        try {
            appendOrder(con, id, html);
        } finally {
            Db.close(con);
        }
    }

    void appendArchivedOrder(String id, StringBuffer html) throws SQLException {
        Connection con = Db.open();
        try {
            Statement st = con.createStatement();
            st.execute("SET search_path TO archive, public");
            st.close();
            appendOrder(con, id, html);
        } finally {
            Db.close(con);
        }
    }

    private void appendOrder(Connection con, String id, StringBuffer html) throws SQLException {
        Statement st = con.createStatement();
        ResultSet rs = st.executeQuery("SELECT customer_id, remark, total FROM orders WHERE id = '" + id + "'");
        if (!rs.next()) {
            html.append("<p>No such order.</p>\n");
            return;
        }
        html.append("<p>For ").append(Html.text(customers.nameOf(rs.getInt(1))));
        html.append(" (").append(Html.text(rs.getString(2))).append("), total ");
        html.append(rs.getString(3)).append("</p>\n<ol>\n");
        rs = st.executeQuery("SELECT l.sku, a.name, l.quantity, l.price FROM order_line l JOIN article a USING (sku)"
                + " WHERE l.order_id = '" + id + "' ORDER BY l.line_no");
        while (rs.next()) {
            html.append("<li>").append(rs.getInt(3)).append(" x ").append(Html.text(rs.getString(2)));
            html.append(" at ").append(rs.getString(4)).append("</li>\n");
        }
        html.append("</ol>\n");
    }
}
