package interfaces;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small legacy programs for any database; each runs three times, so that the later runs meet what the earlier left. */
public final class Main {
    private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();

    interface Program {
        void run(Out out) throws Exception;
    }

    static {
        PROGRAMS.put("identity", Walks::identity);
        PROGRAMS.put("hash tables", Walks::hashTables);
        PROGRAMS.put("metadata", Walks::metadata);
        PROGRAMS.put("wrappers", Walks::wrappers);
        PROGRAMS.put("queries", Work::queries);
        PROGRAMS.put("batches", Work::batches);
        PROGRAMS.put("generated keys", Work::generatedKeys);
        PROGRAMS.put("failures", Work::failures);
        PROGRAMS.put("large objects", Work::largeObjects);
        PROGRAMS.put("rolled back at close", Endings::rolledBackAtClose);
        PROGRAMS.put("savepoints", Endings::savepoints);
        PROGRAMS.put("attributes", Endings::attributes);
        PROGRAMS.put("connection after close", Endings::connectionAfterClose);
        PROGRAMS.put("statements after close", Endings::statementsAfterClose);
        PROGRAMS.put("stale handle", Endings::staleHandle);
        PROGRAMS.put("closed by another thread", Endings::closedByAnotherThread);
        PROGRAMS.put("closed while busy", Endings::closedWhileBusy);
        PROGRAMS.put("forgotten statements", Endings::forgottenStatements);
        PROGRAMS.put("abort", Endings::abort);
        PROGRAMS.put("many threads", Endings::manyThreads);
    }

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("h2")) {
            PROGRAMS.put("the driver's own types", OwnTypes::h2);
        }
        Connection keeper = connect(); // an H2 database in memory ends with its last connection
        for (Map.Entry<String, Program> program : PROGRAMS.entrySet()) {
            for (int round = 1; round <= 3; round++) {
                System.out.println("=== " + program.getKey() + ", round " + round);
                Out out = new Out(System.out);
                out.attempt("program", () -> program.getValue().run(out));
            }
        }
        keeper.close();
    }

    static Connection connect() throws java.sql.SQLException {
        return DriverManager.getConnection(System.getProperty("app.url"), "sa", "secret");
    }
}
