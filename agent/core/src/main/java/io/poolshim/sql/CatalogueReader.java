package io.poolshim.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a {@link Catalogue} of the rows that {@code catalogue.sql} finds. Names stand for whatever has them, in any schema:
 * what is not known to be harmless makes everything so that names it, until nothing more is found.
 */
final class CatalogueReader {
    private static final Set<String> EXTENSIONS = SqlWords.readNames("harmless-extensions.txt");

    private final Map<String, KnownFunction> functions = new HashMap<>();
    private final Map<String, KnownFunction> relations = new HashMap<>(); // what lies behind them
    private final List<String> operators = new ArrayList<>(); // the functions behind them, and behind casts
    private final KnownFunction types = new KnownFunction();
    private final boolean customSettings;

    private CatalogueReader(boolean customSettings) {
        this.customSettings = customSettings;
    }

    /** Rows of seven values: kind, name, and what the kind says; for {@code customSettings} see {@link SqlScan}. */
    static Catalogue read(List<String[]> rows, boolean customSettings) {
        CatalogueReader reader = new CatalogueReader(customSettings);
        for (String[] row : rows) {
            reader.add(row);
        }
        reader.spread();
        return reader.catalogue();
    }

    private Catalogue catalogue() {
        int everywhere = types.flags();
        for (String function : operators) {
            everywhere |= flagsOfFunction(function);
        }
        Map<String, Integer> behind = new HashMap<>();
        relations.forEach((name, relation) -> {
            if (relation.flags() != 0) {
                behind.put(name, relation.flags());
            }
        });
        return new Catalogue(functions, behind, everywhere);
    }

    private void add(String[] row) {
        String name = SqlTokens.token(row[1]);
        switch (row[0]) {
            case "function": // name, language, body, extension, settings, version
                addFunction(functions.computeIfAbsent(name, key -> new KnownFunction()), row);
                break;
            case "aggregate": // name, function
                functions.computeIfAbsent(name, key -> new KnownFunction()).calls(SqlTokens.token(row[2]));
                break;
            case "trigger": // table, function
                behind(name).calls(SqlTokens.token(row[2]));
                break;
            case "text": // view, SQL
                behind(name).runs(new FunctionScan(row[2], customSettings));
                break;
            case "rule": // table, SQL
                behind(name).runs(new FunctionScan(row[2], customSettings));
                behind(name).does(SqlVerdict.TOUCHES);
                break;
            case "expression": // table, SQL
                behind(name).runs(new FunctionScan("SELECT " + row[2], customSettings));
                break;
            case "domain": // name, SQL
                types.runs(new FunctionScan("SELECT " + row[2], customSettings));
                break;
            case "part": // table, another table that is changed with it
                behind(name).words().add(SqlTokens.token(row[2]));
                break;
            case "foreign":
                behind(name).notHarmless();
                break;
            case "operator": // or cast; function
                operators.add(SqlTokens.token(row[2]));
                break;
            default:
                throw new IllegalArgumentException(row[0]);
        }
    }

    private KnownFunction behind(String relation) {
        return relations.computeIfAbsent(relation, key -> new KnownFunction());
    }

    private void addFunction(KnownFunction function, String[] row) {
        function.add(row[1], row[6]);
        if (row[5] != null && row[5].indexOf('.') >= 0) { // a customised setting
            function.notHarmless();
        }
        if (row[3] != null) {
            function.runs(new FunctionScan(row[3], customSettings));
        } else if (!row[2].equals("aggregate") && !(row[2].equals("c") && EXTENSIONS.contains(row[4]))) {
            function.notHarmless();
        }
    }

    /** Until nothing changes any more. */
    private void spread() {
        for (boolean changed = true; changed; ) {
            changed = types.does(flagsOfWhatItLeadsTo(types));
            for (KnownFunction relation : relations.values()) {
                changed |= relation.does(flagsOfWhatItLeadsTo(relation));
            }
            for (KnownFunction function : functions.values()) {
                changed |= function.does(flagsOfWhatItLeadsTo(function));
            }
        }
    }

    private int flagsOfWhatItLeadsTo(KnownFunction one) {
        int flags = 0;
        for (String name : one.called()) {
            flags |= flagsOfFunction(name);
        }
        for (String word : one.words()) {
            KnownFunction relation = relations.get(word);
            flags |= relation == null ? 0 : relation.flags();
        }
        return flags;
    }

    /** A name that is a built-in one's and one of the application's own may mean either. */
    private int flagsOfFunction(String name) {
        KnownFunction own = functions.get(name);
        return own != null
                ? own.flags() | SqlVerdict.TOUCHES
                : SqlWords.HARMLESS.contains(name) ? 0 : SqlVerdict.OPAQUE;
    }
}
