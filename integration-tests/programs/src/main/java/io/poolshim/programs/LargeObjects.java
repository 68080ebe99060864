package io.poolshim.programs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Large objects, by the driver's interface, by Blob and Clob, and by SQL. */
final class LargeObjects {
    private LargeObjects() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("large-objects.seek-and-truncate", LargeObjects::seekAndTruncate);
        all.put("large-objects.blobs", LargeObjects::blobs);
        all.put("large-objects.clobs", LargeObjects::clobs);
        all.put("large-objects.after-commit", LargeObjects::afterCommit);
        all.put("large-objects.unknown", LargeObjects::unknown);
        all.put("large-objects.by-sql", LargeObjects::bySql);
    }

    private static LargeObjectManager manager(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        return connection.unwrap(PGConnection.class).getLargeObjectAPI();
    }

    static void seekAndTruncate(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                LargeObjectManager manager = manager(c);
                LargeObject object = manager.open(manager.createLO());
                object.write(new byte[] {1, 2, 3, 4, 5, 6, 7});
                object.seek(2);
                env.print("read", Arrays.toString(object.read(3)) + " at " + object.tell() + " of " + object.size());
                object.seek64(-1, LargeObject.SEEK_END);
                env.print("last", Arrays.toString(object.read(9)));
                object.truncate(4);
                env.print("size", object.size64());
                object.close();
                manager.delete(object.getLongOID());
                c.commit();
            }
        }
        env.print("none left", env.query("SELECT count(*) FROM pg_largeobject_metadata"));
    }

    static void blobs(Env env) throws Exception {
        env.setup("CREATE TABLE lo_blobs (id int, data oid)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement insert = c.prepareStatement("INSERT INTO lo_blobs VALUES (?, ?)");
                    PreparedStatement select = c.prepareStatement("SELECT data FROM lo_blobs WHERE id = ?")) {
                c.setAutoCommit(false);
                insert.setInt(1, i);
                insert.setBlob(2, new ByteArrayInputStream(new byte[] {9, 8, 7, (byte) i}));
                insert.executeUpdate();
                select.setInt(1, i);
                try (ResultSet r = select.executeQuery()) {
                    r.next();
                    Blob blob = r.getBlob(1);
                    env.print("length", blob.length() + " " + Arrays.toString(blob.getBytes(2, 3)));
                    env.print("position", blob.position(new byte[] {7}, 1));
                    try (InputStream in = blob.getBinaryStream()) {
                        env.print("first", in.read());
                    }
                    blob.free();
                    env.show("freed", blob::length);
                }
                c.commit();
            }
        }
        env.setup("SELECT lo_unlink(data) FROM lo_blobs");
    }

    static void clobs(Env env) throws Exception {
        env.setup("CREATE TABLE lo_clobs (data oid)");
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    PreparedStatement insert = c.prepareStatement("INSERT INTO lo_clobs VALUES (?)")) {
                c.setAutoCommit(false);
                env.attempt("by reader", () -> insert.setClob(1, new java.io.StringReader("some text"), 9));
                insert.setLong(1, Long.parseLong(env.query(c, "SELECT lo_from_bytea(0, 'some text')")));
                insert.executeUpdate();
                try (ResultSet r = c.createStatement().executeQuery("SELECT data FROM lo_clobs")) {
                    r.next();
                    Clob clob = r.getClob(1);
                    env.print("text", clob.getSubString(1, 4) + " " + clob.length());
                }
            }
            env.print("rows", env.query("SELECT count(*) FROM lo_clobs"));
        }
    }

    /** A descriptor ends with its transaction, and so do the numbers of others. */
    static void afterCommit(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                LargeObjectManager manager = manager(c);
                long id = manager.createLO();
                LargeObject object = manager.open(id);
                object.write(new byte[] {1});
                c.commit();
                env.attempt("write", () -> object.write(new byte[] {2}));
                c.rollback();
                LargeObject again = manager.open(id, LargeObjectManager.READ);
                env.print("read", Arrays.toString(again.read(5)));
                env.attempt("read only", () -> again.write(new byte[] {3}));
                c.rollback();
                manager.unlink(id);
                c.commit();
            }
        }
    }

    static void unknown(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                LargeObjectManager manager = manager(c);
                env.show("open", () -> manager.open(4_000_000_000L));
                c.rollback();
                env.attempt("unlink", () -> manager.unlink(4_000_000_000L));
                c.rollback();
                env.print("goes on", env.query(c, "SELECT 1"));
            }
        }
    }

    static void bySql(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                String id = env.query(c, "SELECT lo_from_bytea(0, '\\x010203')");
                env.print("bytes", env.query(c, "SELECT lo_get(" + id + ", 1, 2)"));
                env.show("descriptor", () -> env.query(c, "SELECT loread(0, 1)"));
                env.print("unlinked", env.query(c, "SELECT lo_unlink(" + id + ")"));
            }
        }
    }
}
