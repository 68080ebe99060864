package com.example.orderdesk;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Placing an order: all of it or nothing. */
class OrderService {
    private final ArticleDao articles = new ArticleDao();
    private final CustomerDao customers = new CustomerDao();
    private final OrderDao orders = new OrderDao();

    int place(int customerId, String[] skus, int quantity, String remark) throws SQLException {
        Connection con = Db.open();
        boolean done = false;
        try {
            con.setAutoCommit(false);
            List<Article> ordered = lookUp(skus);
            int id = orders.insert(con, customerId, remark, total(ordered, quantity));
            orders.insertLines(con, id, ordered, quantity);
            for (Article article : ordered) {
                orders.takeFromStock(con, article, quantity);
            }
            customers.countOrder(con, customerId);
            con.commit();
            done = true;
            return id;
        } finally {
            if (!done) {
                Db.rollback(con);
            }
            Db.close(con);
        }
    }

    /** Sorted, so that two orders never wait for each other's stock. */
    private List<Article> lookUp(String[] skus) throws SQLException {
        String[] sorted = skus.clone();
        Arrays.sort(sorted);
        List<Article> found = new ArrayList<Article>();
        for (int i = 0; i < sorted.length; i++) {
            found.add(articles.find(sorted[i]));
        }
        return found;
    }

    private BigDecimal total(List<Article> ordered, int quantity) {
        BigDecimal total = BigDecimal.ZERO;
        for (Article article : ordered) {
            total = total.add(article.price.multiply(new BigDecimal(quantity)));
        }
        return total;
    }
}
