package com.example.orderdesk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Figures for the boss. */
class ReportDao {
    /** The temporary table is never dropped: it goes when the connection goes. */
    void appendTurnover(StringBuffer html) throws SQLException {
        Connection con = Db.open();
        try {
            Statement st = con.createStatement();
            st.execute("SET work_mem = '8MB'");
            st.execute("CREATE TEMP TABLE turnover AS SELECT customer_id, sum(total) AS total FROM orders"
                    + " WHERE remark = 'opening balance' GROUP BY customer_id");
            st.execute("UPDATE turnover SET total = total * 1.2");
            ResultSet rs = st.executeQuery("SELECT c.city, sum(t.total) FROM turnover t"
                    + " JOIN customer c ON c.id = t.customer_id GROUP BY c.city ORDER BY 2 DESC, 1");
            html.append("<table>\n");
            while (rs.next()) {
                html.append("<tr><td>").append(Html.text(rs.getString(1)));
                html.append("</td><td>").append(rs.getString(2)).append("</td></tr>\n");
            }
            html.append("</table>\n");
        } finally {
            Db.close(con);
        }
    }
}
