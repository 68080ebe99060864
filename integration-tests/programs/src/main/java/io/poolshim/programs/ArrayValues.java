package io.poolshim.programs;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Arrays;
import java.util.Map;

/** Arrays. */
final class ArrayValues {
    private ArrayValues() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("arrays.of-numbers", ArrayValues::ofNumbers);
        all.put("arrays.of-arrays", ArrayValues::ofArrays);
        all.put("arrays.any", ArrayValues::any);
        all.put("arrays.as-result-sets", ArrayValues::asResultSets);
        all.put("arrays.of-own-types", ArrayValues::ofOwnTypes);
        all.put("arrays.failures", ArrayValues::failures);
    }

    private static String first(PreparedStatement statement) throws Exception {
        try (ResultSet r = statement.executeQuery()) {
            r.next();
            Object array = r.getArray(1).getArray();
            return Arrays.deepToString((Object[]) array) + " "
                    + array.getClass().getSimpleName();
        }
    }

    static void ofNumbers(Env env) throws Exception {
        for (int i = 0; i < 7; i++) {
            try (Connection c = env.connect();
                    PreparedStatement ints = c.prepareStatement("SELECT ?::int[] || 9");
                    PreparedStatement doubles = c.prepareStatement("SELECT ?::float8[]");
                    PreparedStatement longs = c.prepareStatement("SELECT ?::bigint[]")) {
                ints.setObject(1, new int[] {i, 2, 3});
                env.print("ints", first(ints));
                doubles.setArray(1, c.createArrayOf("float8", new Double[] {0.1, null, 1e10}));
                env.print("doubles", first(doubles));
                longs.setObject(1, c.createArrayOf("int8", new Object[] {Long.MAX_VALUE, -1L}), Types.ARRAY);
                env.print("longs", first(longs));
            }
        }
    }

    static void ofArrays(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::int[][]");
                    PreparedStatement none = c.prepareStatement("SELECT '{}'::text[]")) {
                p.setArray(1, c.createArrayOf("int4", new Integer[][] {{1, 2}, {3, 4}}));
                env.print("matrix", first(p));
                env.print("empty", first(none));
                p.setNull(1, Types.ARRAY);
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    env.print("null", r.getArray(1) + " " + r.wasNull());
                }
            }
        }
    }

    static void any(Env env) throws Exception {
        env.setup("CREATE TABLE array_any (id int)", "INSERT INTO array_any SELECT generate_series(1, 20)");
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p =
                            c.prepareStatement("SELECT id FROM array_any WHERE id = ANY (?) ORDER BY 1")) {
                p.setArray(1, c.createArrayOf("integer", new Object[] {i, i * 3, 99}));
                env.print("found", Env.text(p.executeQuery()));
            }
        }
    }

    static void asResultSets(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ARRAY['x', 'y', 'z']")) {
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    Array array = r.getArray(1);
                    env.print("rows", Env.text(array.getResultSet()));
                    env.print("part", Env.text(array.getResultSet(2, 2)));
                    env.print("slice", Arrays.toString((Object[]) array.getArray(2, 1)));
                    env.print("text", array + " " + array.getBaseType());
                    env.show("too far", () -> array.getArray(9, 1));
                    array.free();
                    env.show("freed", array::getBaseTypeName);
                }
            }
        }
    }

    static void ofOwnTypes(Env env) throws Exception {
        env.setup("CREATE TYPE array_mood AS ENUM ('sad', 'ok')", "CREATE TYPE array_pair AS (a int, b text)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement moods = c.prepareStatement("SELECT ?::array_mood[]");
                    PreparedStatement pairs = c.prepareStatement("SELECT ARRAY[ROW(1, 'x')::array_pair]")) {
                moods.setArray(1, c.createArrayOf("array_mood", new Object[] {"ok", "sad"}));
                env.print("moods", first(moods));
                env.print("pairs", first(pairs));
            }
        }
    }

    static void failures(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::int[]")) {
                env.show("unknown type", () -> c.createArrayOf("no_such_type", new Object[] {1}));
                env.show("ragged", () -> {
                    p.setArray(1, c.createArrayOf("int4", new Integer[][] {{1}, {2, 3}}));
                    return first(p);
                });
                env.show("wrong element", () -> {
                    p.setArray(1, c.createArrayOf("int4", new Object[] {"one"}));
                    return first(p);
                });
                env.print("goes on", env.query(c, "SELECT '{1,2}'::int[]"));
            }
        }
    }
}
