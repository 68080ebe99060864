package io.poolshim.sql;

import io.poolshim.jdbc.Login;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose idle sessions a statement concerns. {@code DROP DATABASE}, {@code CREATE DATABASE … TEMPLATE} and a rename fail
 * while there are any (55006); {@code ALTER ROLE}, {@code ALTER DATABASE} and {@code REVOKE} reach only those that begin
 * afterwards. Called with the login that sends the statement, and another.
 */
public final class Concern implements BiPredicate<Login, Login> {
    static final int WORDS = 40; // more of a statement need not be looked at

    private static final Set<String> ROLE = setOf("role", "user", "group");
    private static final Set<String> ANY_ROLE = setOf("all", "current_user", "current_role", "session_user");
    private static final Concern EVERYBODY = new Concern(null, null);

    private final @Nullable String database;
    private final @Nullable String user;

    private Concern(@Nullable String database, @Nullable String user) {
        this.database = database;
        this.user = user;
    }

    /** This one and that of another statement, which may be null. */
    public Concern and(@Nullable Concern other) {
        return other == null || other == this ? this : EVERYBODY;
    }

    @Override
    public boolean test(Login here, Login other) {
        return other.sharesServerWith(here)
                && (database == null || other.isTo(database))
                && (user == null || other.isOf(user));
    }

    /** The concern of a statement by its first words, names as the server knows them; null if there is none. */
    static @Nullable Concern of(List<String> words) {
        String object = at(words, 1);
        switch (at(words, 0)) {
            case "drop":
                return object.equals("database") ? database(name(words)) : ROLE.contains(object) ? EVERYBODY : null;
            case "create":
                return object.equals("database") ? database(template(words)) : null;
            case "alter":
                return object.equals("database") ? database(at(words, 2)) : ROLE.contains(object) ? role(words) : null;
            case "revoke":
                return words.contains("database") ? EVERYBODY : null;
            default:
                return null;
        }
    }

    private static Concern database(String name) {
        return new Concern(name, null);
    }

    private static @Nullable Concern role(List<String> words) {
        String name = at(words, 2);
        if (name.equals("mapping")) {
            return null;
        }
        return ANY_ROLE.contains(name) ? EVERYBODY : new Concern(null, name);
    }

    /** After {@code IF EXISTS}, if that is there. */
    private static String name(List<String> words) {
        return at(words, at(words, 2).equals("if") && at(words, 3).equals("exists") ? 4 : 2);
    }

    private static String template(List<String> words) {
        int at = words.indexOf("template");
        String name = at(words, at + 1);
        return at < 0 ? "template1" : name.equals("=") ? at(words, at + 2) : name;
    }

    private static String at(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    private static Set<String> setOf(String... words) {
        return new HashSet<>(Arrays.asList(words));
    }
}
