package io.poolshim.programs;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.util.PGobject;

/** State that lives in the driver's connection object and must not outlive it. */
final class DriverState {
    private DriverState() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("driver-state.driver-fields", DriverState::driverFields);
        all.put("driver-state.autosave-works", DriverState::autosaveWorks);
        all.put("driver-state.type-map", DriverState::typeMap);
        all.put("driver-state.client-info", DriverState::clientInfo);
        all.put("driver-state.client-info-kept", DriverState::clientInfoKept);
        all.put("driver-state.data-types", DriverState::dataTypes);
        all.put("driver-state.type-recreated", DriverState::typeRecreated);
        all.put("large-objects.in-a-transaction", DriverState::largeObjects);
        all.put("large-objects.fastpath", DriverState::fastpath);
        all.put("driver-state.catalog-and-types", DriverState::catalogAndTypes);
    }

    static void driverFields(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                PGConnection pg = (PGConnection) c;
                env.print(
                        "before",
                        pg.getPrepareThreshold() + " " + pg.getDefaultFetchSize() + " " + pg.getAutosave() + " "
                                + c.getHoldability());
                pg.setPrepareThreshold(1);
                pg.setDefaultFetchSize(17);
                pg.setAutosave(AutoSave.ALWAYS);
                c.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
                try (Statement s = c.createStatement()) {
                    env.print("statement", s.getFetchSize() + " " + s.getResultSetHoldability());
                }
                env.print("after", pg.getPrepareThreshold() + " " + pg.getDefaultFetchSize() + " " + pg.getAutosave());
            }
        }
    }

    static void autosaveWorks(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.attempt("fails", () -> env.execute(c, "SELECT 1/0"));
                env.attempt("without autosave", () -> env.execute(c, "SELECT 1"));
                c.rollback();
                ((PGConnection) c).setAutosave(AutoSave.ALWAYS);
                env.attempt("fails", () -> env.execute(c, "SELECT 1/0"));
                env.attempt("with autosave", () -> env.execute(c, "SELECT 1"));
            }
        }
    }

    static void typeMap(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", c.getTypeMap());
                Map<String, Class<?>> map = new HashMap<>(Collections.singletonMap("point", String.class));
                c.setTypeMap(map);
                env.print("after", c.getTypeMap());
            }
        }
    }

    static void clientInfo(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", c.getClientInfo("ApplicationName"));
                c.setClientInfo("ApplicationName", "batch " + i);
                env.print("server", env.query(c, "SHOW application_name"));
                Properties all = new Properties();
                all.setProperty("ApplicationName", "again");
                c.setClientInfo(all);
                env.print("after", c.getClientInfo());
                env.attempt("unknown", () -> c.setClientInfo("Colour", "blue"));
                env.print("warnings", c.getWarnings() == null);
            }
        }
    }

    /** The driver hands out an object of its own. */
    static void clientInfoKept(Env env) throws Exception {
        List<Properties> kept = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", c.getClientInfo());
                Properties info = c.getClientInfo();
                kept.forEach(old -> old.setProperty("Colour", "red"));
                kept.add(info);
                info.setProperty("Colour", "blue " + i);
                info.setProperty("ApplicationName", "nobody's");
                env.print("changed", c.getClientInfo("Colour") + " " + c.getClientInfo("ApplicationName"));
                env.print("the same object", c.getClientInfo() == info);
                c.setClientInfo("ApplicationName", "batch");
                env.print("after", new TreeMap<>(info));
            }
        }
        Connection closed = env.connect();
        closed.close();
        env.attempt("after close", closed::getClientInfo);
    }

    /** A type of the application's own. */
    public static final class Network extends PGobject {
        private static final long serialVersionUID = 1L;
    }

    static void dataTypes(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", kind(c));
                ((PGConnection) c).addDataType("cidr", Network.class);
                env.print("after", kind(c));
            }
        }
    }

    private static String kind(Connection c) throws Exception {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT '10.0.0.0/8'::cidr")) {
            r.next();
            return r.getObject(1).getClass().getSimpleName();
        }
    }

    static void typeRecreated(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            env.setup("DROP TYPE IF EXISTS size", "CREATE TYPE size AS ENUM ('s" + i + "', 'l')");
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::size, 'l'::size")) {
                p.setObject(1, "s" + i, java.sql.Types.OTHER);
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    env.print("value", r.getString(1) + " " + r.getMetaData().getColumnTypeName(1));
                }
            }
        }
    }

    static void largeObjects(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.show(
                        "needs a transaction",
                        () -> ((PGConnection) c).getLargeObjectAPI().createLO());
                c.setAutoCommit(false);
                LargeObjectManager manager = ((PGConnection) c).getLargeObjectAPI();
                long id = manager.createLO(LargeObjectManager.READWRITE);
                LargeObject object = manager.open(id, LargeObjectManager.READWRITE);
                try (OutputStream out = object.getOutputStream()) {
                    out.write(new byte[] {1, 2, 3});
                }
                LargeObject again = manager.open(id, LargeObjectManager.READ);
                try (InputStream in = again.getInputStream()) {
                    env.print("bytes", in.read() + in.read() + in.read() + " " + in.read());
                }
                c.rollback();
                try {
                    manager.open(id);
                } catch (SQLException e) {
                    env.print("rolled back", e.getSQLState());
                }
            }
        }
        env.print("none left", env.query("SELECT count(*) FROM pg_largeobject_metadata"));
    }

    @SuppressWarnings("deprecation")
    static void fastpath(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.print("api", ((PGConnection) c).getFastpathAPI() != null);
            env.print("goes on", env.query(c, "SELECT 1"));
        }
        env.print("next", env.query("SELECT 2"));
    }

    static void catalogAndTypes(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                env.print("catalog", c.getCatalog());
                env.attempt("set catalog", () -> c.setCatalog("elsewhere"));
                env.print("catalog", c.getCatalog());
                env.print("native", c.nativeSQL("SELECT {fn concat('a', 'b')}"));
                env.show("struct", () -> c.createStruct("x", new Object[0]));
                env.show("clob", c::createClob);
            }
        }
    }
}
