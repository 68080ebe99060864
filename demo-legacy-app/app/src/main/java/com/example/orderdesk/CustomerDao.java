package com.example.orderdesk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Customers. */
class CustomerDao {
    /** The caller closes it with {@link Db#closeAll}. */
    ResultSet ordersOf(int customerId) throws SQLException {
        Connection con = Db.open();
        Statement st = con.createStatement();
        return st.executeQuery("SELECT id, remark, total FROM orders WHERE customer_id = " + customerId
                + " AND remark = 'opening balance' ORDER BY id LIMIT 10");
    }

    String nameOf(int customerId) throws SQLException {
        Connection con = Db.open();
        try {
            PreparedStatement ps = con.prepareStatement("SELECT name, city FROM customer WHERE id = ?");
            ps.setInt(1, customerId);
            ResultSet rs = ps.executeQuery();
            return rs.next() ? rs.getString("name") + ", " + rs.getString("city") : "nobody";
        } finally {
            Db.close(con);
        }
    }

    /** Part of the transaction of the caller. */
    void countOrder(Connection con, int customerId) throws SQLException {
        PreparedStatement ps =
                con.prepareStatement("UPDATE customer SET orders_placed = orders_placed + 1 WHERE id = ?");
        ps.setInt(1, customerId);
        ps.executeUpdate();
        ps.close();
    }
}
