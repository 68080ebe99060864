package com.example.orderdesk;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.servlet.http.HttpServletRequest;

/** The servlets. */
final class Pages {
    private Pages() {}

    static class Home extends PageServlet {
        private static final long serialVersionUID = 1L;

        Home() {
            super("Order desk");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) {
            String[] links = {"articles?q=bolt", "order?id=1", "archive?id=1", "customer?id=1", "report"};
            for (int i = 0; i < links.length; i++) {
                html.append("<a href=\"/")
                        .append(links[i])
                        .append("\">")
                        .append(links[i])
                        .append("</a><br>\n");
            }
        }
    }

    static class Articles extends PageServlet {
        private static final long serialVersionUID = 1L;
        private final ArticleDao articles = new ArticleDao();

        Articles() {
            super("Articles");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) throws SQLException {
            html.append("<table>\n");
            for (Article article : articles.search(request.getParameter("q"))) {
                html.append("<tr><td>").append(article.sku);
                html.append("</td><td>").append(Html.text(article.name));
                html.append("</td><td>").append(article.price).append("</td></tr>\n");
            }
            html.append("</table>\n");
        }
    }

    /** Shows an order; a POST places one. */
    static class Order extends PageServlet {
        private static final long serialVersionUID = 1L;
        private final OrderDao orders = new OrderDao();
        private final OrderService service = new OrderService();

        Order() {
            super("Order");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) throws SQLException {
            String id = request.getParameter("id");
            if ("POST".equals(request.getMethod())) {
                int customer = Integer.parseInt(request.getParameter("customer"));
                int quantity = Integer.parseInt(request.getParameter("quantity"));
                String[] skus = request.getParameterValues("sku");
                id = String.valueOf(service.place(customer, skus, quantity, request.getParameter("remark")));
                html.append("<p>Thank you. Your order has number ").append(id).append(".</p>\n");
            }
            orders.appendOrder(id, html);
        }
    }

    static class Archive extends PageServlet {
        private static final long serialVersionUID = 1L;
        private final OrderDao orders = new OrderDao();

        Archive() {
            super("Archive");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) throws SQLException {
            orders.appendArchivedOrder(request.getParameter("id"), html);
        }
    }

    static class Customer extends PageServlet {
        private static final long serialVersionUID = 1L;
        private final CustomerDao customers = new CustomerDao();

        Customer() {
            super("Customer");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) throws SQLException {
            int id = Integer.parseInt(request.getParameter("id"));
            html.append("<h2>").append(Html.text(customers.nameOf(id))).append("</h2>\n<ul>\n");
            ResultSet rs = customers.ordersOf(id);
            while (rs.next()) {
                html.append("<li>").append(rs.getInt(1)).append(": ").append(rs.getString(3));
                html.append("</li>\n");
            }
            Db.closeAll(rs);
            html.append("</ul>\n");
        }
    }

    static class Report extends PageServlet {
        private static final long serialVersionUID = 1L;
        private final ReportDao reports = new ReportDao();

        Report() {
            super("Turnover by city");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) throws SQLException {
            reports.appendTurnover(html);
        }
    }

    static class PriceList extends PageServlet {
        private static final long serialVersionUID = 1L;
        private final ArticleDao articles = new ArticleDao();

        PriceList() {
            super("Price list");
        }

        @Override
        void body(HttpServletRequest request, StringBuffer html) throws SQLException, IOException {
            StringBuffer csv = new StringBuffer();
            BufferedReader reader = request.getReader();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                csv.append(line).append('\n');
            }
            long rows = articles.importPrices(csv.toString());
            html.append("<p>").append(rows).append(" prices imported.</p>\n");
        }
    }
}
