package web;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A page of a legacy web application: some connections for each request, one after the other. */
public final class Visit extends HttpServlet {
    private static final int SESSIONS = 5;
    private static final String URL = System.getProperty("app.url");
    private static final String USER = System.getProperty("app.user");
    private static final String PASSWORD = System.getProperty("app.password");

    private Runnable end = () -> {};

    @Override
    public void init() throws ServletException {
        try {
            Class.forName("org.postgresql.Driver");
            if (getServletContext().getResource("/WEB-INF/classes/web/OwnTelemetry.class") != null) {
                end = (Runnable) Class.forName("web.OwnTelemetry").getConstructor().newInstance();
            }
        } catch (ReflectiveOperationException | IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void destroy() {
        end.run();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (Boolean.getBoolean("app.forget")) {
                DriverManager.getConnection(URL, USER, PASSWORD);
            }
            for (int i = 0; i < SESSIONS; i++) {
                response.getWriter().print(session() + " ");
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static int session() throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL, USER, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }
}
