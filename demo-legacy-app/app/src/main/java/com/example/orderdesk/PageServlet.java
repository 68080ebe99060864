package com.example.orderdesk;

import java.io.IOException;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What all pages have in common, errors above all. */
abstract class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(PageServlet.class.getName());

    private final String title;

    PageServlet(String title) {
        this.title = title;
    }

    /** Appends the page's body. */
    abstract void body(HttpServletRequest request, StringBuffer html) throws SQLException, IOException;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setCharacterEncoding("UTF-8");
        response.setContentType("text/html; charset=UTF-8");
        StringBuffer html = new StringBuffer();
        try {
            body(request, html);
        } catch (UnknownArticleException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            html.append("<p>").append(Html.text(e.getMessage())).append("</p>\n");
        } catch (SQLException e) {
            LOG.log(Level.SEVERE, title + " failed: " + e.getMessage());
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            response.setHeader("X-SQLState", e.getSQLState());
            html.append("<p>Database error: ").append(Html.text(e.getMessage())).append("</p>\n");
        }
        response.getWriter().print(Html.page(title, html));
    }
}
