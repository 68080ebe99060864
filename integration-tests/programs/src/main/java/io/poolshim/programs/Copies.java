package io.poolshim.programs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyOutputStream;
import org.postgresql.core.BaseConnection;

/** Bulk loading through the driver's own interface. */
final class Copies {
    private Copies() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("copies.through-cast", Copies::throughCast);
        all.put("copies.through-constructor", Copies::throughConstructor);
        all.put("copies.bad-data", Copies::badData);
        all.put("copies.in-transaction", Copies::inTransaction);
        all.put("copies.in-left-open", Copies::inLeftOpen);
        all.put("copies.out-left-open", Copies::outLeftOpen);
    }

    static void throughCast(Env env) throws Exception {
        env.setup("CREATE TABLE copy_cast (id int, name text)");
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                CopyManager copy = ((PGConnection) c).getCopyAPI();
                long in = copy.copyIn("COPY copy_cast FROM STDIN", new StringReader(i + "\tname " + i + "\n"));
                StringWriter out = new StringWriter();
                long rows = copy.copyOut("COPY (SELECT * FROM copy_cast ORDER BY id) TO STDOUT", out);
                env.print("in " + in + " out " + rows, out.toString().replace('\n', ';'));
            }
        }
    }

    static void throughConstructor(Env env) throws Exception {
        env.setup("CREATE TABLE copy_new (id int, name text)");
        try (Connection c = env.connect()) {
            CopyManager copy = new CopyManager((BaseConnection) c);
            byte[] rows = "1,one\n2,two\n".getBytes(StandardCharsets.UTF_8);
            InputStream source = new ByteArrayInputStream(rows);
            env.print("rows", copy.copyIn("COPY copy_new FROM STDIN (FORMAT csv)", source));
            try (OutputStream stream =
                    new PGCopyOutputStream((PGConnection) c, "COPY copy_new FROM STDIN (FORMAT csv)")) {
                stream.write("3,three\n".getBytes(StandardCharsets.UTF_8));
            }
            env.print("table", env.query(c, "SELECT * FROM copy_new ORDER BY id"));
        }
    }

    static void badData(Env env) throws Exception {
        env.setup("CREATE TABLE copy_bad (id int)");
        try (Connection c = env.connect()) {
            CopyManager copy = ((PGConnection) c).getCopyAPI();
            env.show("bad row", () -> copy.copyIn("COPY copy_bad FROM STDIN", new StringReader("1\nx\n")));
            env.show("bad table", () -> copy.copyIn("COPY copy_none FROM STDIN", new StringReader("1\n")));
            env.print("goes on", env.query(c, "SELECT count(*) FROM copy_bad"));
        }
    }

    static void inTransaction(Env env) throws Exception {
        env.setup("CREATE TABLE copy_tx (id int)");
        Connection c = env.connect();
        c.setAutoCommit(false);
        ((PGConnection) c).getCopyAPI().copyIn("COPY copy_tx FROM STDIN", new StringReader("1\n2\n"));
        env.print("inside", env.query(c, "SELECT count(*) FROM copy_tx"));
        c.close();
        env.print("after close", env.query("SELECT count(*) FROM copy_tx"));
    }

    static void inLeftOpen(Env env) throws Exception {
        env.setup("CREATE TABLE copy_open (id int)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            CopyIn in = ((PGConnection) c).getCopyAPI().copyIn("COPY copy_open FROM STDIN");
            byte[] row = "7\n".getBytes(StandardCharsets.UTF_8);
            in.writeToCopy(row, 0, row.length);
            env.print("active", in.isActive());
            env.attempt("close", c::close);
            env.print("closed", c.isClosed());
            env.show("end afterwards", in::endCopy);
            env.print("rows", env.query("SELECT count(*) FROM copy_open"));
        }
    }

    static void outLeftOpen(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            CopyOut out = ((PGConnection) c).getCopyAPI().copyOut("COPY (SELECT generate_series(1, 100000)) TO STDOUT");
            env.print("first row", new String(out.readFromCopy(), StandardCharsets.UTF_8).trim());
            env.attempt("close", c::close);
            env.print("closed", c.isClosed());
            env.print("next connection", env.query("SELECT 'works'"));
        }
    }
}
