package io.poolshim.programs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.PGCopyInputStream;

/** COPY in its formats, and all the ways in which it ends. */
final class CopyEnds {
    private CopyEnds() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("copies.formats", CopyEnds::formats);
        all.put("copies.cancelled", CopyEnds::cancelled);
        all.put("copies.reader-fails", CopyEnds::readerFails);
        all.put("copies.writer-fails", CopyEnds::writerFails);
        all.put("copies.large", CopyEnds::large);
        all.put("copies.by-statement", CopyEnds::byStatement);
        all.put("copies.other-use-meanwhile", CopyEnds::otherUseMeanwhile);
        all.put("copies.side-by-side", CopyEnds::sideBySide);
    }

    private static CopyManager copy(Connection connection) throws Exception {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    static void formats(Env env) throws Exception {
        env.setup("CREATE TABLE copy_formats (id int, name text)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                String csv = "id,name\n" + i + ",\"with \"\"quotes\"\"\"\n" + (i + 10) + ",\n";
                env.print(
                        "in",
                        copy(c).copyIn("COPY copy_formats FROM STDIN (FORMAT csv, HEADER)", new StringReader(csv)));
                StringWriter out = new StringWriter();
                copy(c).copyOut("COPY copy_formats TO STDOUT (FORMAT csv, HEADER, NULL 'none')", out);
                env.print("out", out.toString().replace('\n', ';'));
                ByteArrayOutputStream binary = new ByteArrayOutputStream();
                copy(c).copyOut("COPY (SELECT 1::int) TO STDOUT (FORMAT binary)", binary);
                env.print(
                        "binary",
                        binary.size() + " " + new String(binary.toByteArray(), 0, 6, StandardCharsets.US_ASCII));
            }
        }
    }

    static void cancelled(Env env) throws Exception {
        env.setup("CREATE TABLE copy_cancelled (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                CopyIn in = copy(c).copyIn("COPY copy_cancelled FROM STDIN");
                in.writeToCopy("1\n".getBytes(StandardCharsets.US_ASCII), 0, 2);
                env.attempt("cancel", in::cancelCopy);
                env.print("active", in.isActive());
                env.show("end", in::endCopy);
                env.print("rows", env.query(c, "SELECT count(*) FROM copy_cancelled"));
            }
        }
    }

    static void readerFails(Env env) throws Exception {
        env.setup("CREATE TABLE copy_reader (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                Reader failing = new StringReader("1\n2\n") {
                    private int calls;

                    @Override
                    public int read(char[] buffer, int offset, int length) throws IOException {
                        if (calls++ > 0) {
                            throw new IOException("no more");
                        }
                        return super.read(buffer, offset, length);
                    }
                };
                env.show("copy", () -> copy(c).copyIn("COPY copy_reader FROM STDIN", failing));
                env.print("goes on", env.query(c, "SELECT count(*) FROM copy_reader"));
            }
        }
    }

    static void writerFails(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            Writer failing = new StringWriter() {
                @Override
                public void write(String text) {
                    if (getBuffer().length() > 100) {
                        throw new IllegalStateException("full");
                    }
                    super.write(text);
                }
            };
            env.show("copy", () -> copy(c).copyOut("COPY (SELECT generate_series(1, 5000)) TO STDOUT", failing));
            env.attempt("close", c::close); // the driver's cancel may come before or after the last row
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void large(Env env) throws Exception {
        env.setup("CREATE TABLE copy_large (id int, name text)");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append(i).append("\tname of number ").append(i).append('\n');
        }
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                env.print("in", copy(c).copyIn("COPY copy_large FROM STDIN", new StringReader(rows.toString())));
                StringWriter out = new StringWriter();
                env.print("out", copy(c).copyOut("COPY copy_large TO STDOUT", out));
                env.print("characters", out.getBuffer().length());
            }
        }
    }

    static void byStatement(Env env) throws Exception {
        env.setup("CREATE TABLE copy_statement (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                env.show("in", () -> s.execute("COPY copy_statement FROM STDIN"));
                env.show("out", () -> s.execute("COPY copy_statement TO STDOUT"));
                env.show("then", () -> env.query(c, "SELECT 'works'"));
            }
        }
    }

    static void otherUseMeanwhile(Env env) throws Exception {
        env.setup("CREATE TABLE copy_meanwhile (id int)");
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Connection other = env.connect()) {
                CopyIn in = copy(c).copyIn("COPY copy_meanwhile FROM STDIN");
                env.print("other connection", env.query(other, "SELECT count(*) FROM copy_meanwhile"));
                in.writeToCopy("1\n2\n".getBytes(StandardCharsets.US_ASCII), 0, 4);
                in.flushCopy();
                env.print("rows", in.endCopy() + " " + in.getHandledRowCount());
                env.print("other connection", env.query(other, "SELECT count(*) FROM copy_meanwhile"));
            }
        }
    }

    static void sideBySide(Env env) throws Exception {
        env.setup("CREATE TABLE copy_source (id int)", "INSERT INTO copy_source SELECT generate_series(1, 500)");
        env.setup("CREATE TABLE copy_target (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection from = env.connect();
                    Connection to = env.connect();
                    PGCopyInputStream rows =
                            new PGCopyInputStream(from.unwrap(PGConnection.class), "COPY copy_source TO STDOUT")) {
                env.print("copied", copy(to).copyIn("COPY copy_target FROM STDIN", rows));
            }
        }
        env.print("target", env.query("SELECT count(*), sum(id) FROM copy_target"));
    }
}
