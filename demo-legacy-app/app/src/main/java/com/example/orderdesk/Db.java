package com.example.orderdesk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opening and closing, in one place. */
final class Db {
    private static final Logger LOG = Logger.getLogger(Db.class.getName());

    static {
        try {
            Class.forName(Settings.get("db.driver"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JDBC driver is not on the class path", e);
        }
    }

    private Db() {}

    static Connection open() throws SQLException {
        return DriverManager.getConnection(
                Settings.get("db.url"), Settings.get("db.user"), Settings.get("db.password"));
    }

    static void close(Connection con) {
        if (con != null) {
            try {
                con.close();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "close failed", e);
            }
        }
    }

    /** For those who kept nothing but the result set. */
    static void closeAll(ResultSet rs) {
        if (rs != null) {
            try {
                rs.getStatement().getConnection().close();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "close failed", e);
            }
        }
    }

    static void rollback(Connection con) {
        try {
            con.rollback();
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "rollback failed", e);
        }
    }

    static void createSchema() throws SQLException, IOException {
        Connection con = open();
        try {
            Statement st = con.createStatement();
            st.execute(resource("/schema.sql"));
            st.close();
        } finally {
            close(con);
        }
    }

    private static String resource(String name) throws IOException {
        InputStream in = Db.class.getResourceAsStream(name);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            return out.toString("UTF-8");
        } finally {
            in.close();
        }
    }
}
