package io.poolshim.sql;

import io.poolshim.config.Config;
import io.poolshim.config.Resources;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What texts of SQL do in one database, to their own session and to others; each text is looked at once, until the {@link
 * Catalogue} says something else.
 */
public final class KnownSql {
    private static final int MOST_CHARACTERS = 4_000_000; // of all texts kept
    private static final int LONGEST_KEPT = 20_000;
    private static final int MOST_ROWS = 50_000; // of a catalogue
    private static final String VERSION = text("catalogue-version.sql");
    private static final String CATALOGUE = text("catalogue.sql");

    private final ConcurrentHashMap<String, SqlVerdict> verdicts = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final boolean customSettings;
    private final boolean isPostgres;
    private volatile boolean readsCatalogue;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile int changesRead;
    private volatile boolean due = true;
    private final boolean provesSessions;
    private volatile String version = "";
    private final AtomicInteger edition = new AtomicInteger();
    private volatile @Nullable Catalogue catalogue;
    private volatile boolean temporaryIsLookedFor;

    /** {@code isPostgres}: whether the database is one; of others nothing is known, and all texts are harmless. */
    public KnownSql(Config config, boolean isPostgres) {
        this.isPostgres = isPostgres;
        customSettings = config.is(Settings.CUSTOM_SETTINGS, "reset");
        provesSessions = config.is(Settings.SESSION_RESET, "proven");
        readsCatalogue = isPostgres
                && !config.get(Settings.CATALOGUE_AGE).isZero()
                && !config.is(Settings.SESSION_RESET, "never");
    }

    public SqlVerdict verdict(String sql) {
        if (!isPostgres) {
            return SqlVerdict.HARMLESS;
        }
        SqlVerdict known = verdicts.get(sql);
        return known != null ? known : look(sql);
    }

    /** The text with a question mark for each literal and number and without comments; see {@link ShownSql}. */
    public static String withoutLiterals(String sql) {
        return ShownSql.of(sql);
    }

    private SqlVerdict look(String sql) {
        Catalogue current = catalogue;
        SqlVerdict verdict = new SqlScan(sql, customSettings, current).verdict();
        temporaryIsLookedFor |= verdict.looksForTemporary();
        if (sql.length() <= LONGEST_KEPT) {
            if (kept.addAndGet(sql.length()) > MOST_CHARACTERS) {
                forget();
                kept.set(sql.length());
            }
            verdicts.put(sql, verdict);
            if (catalogue != current) { // it may have been put after the others were forgotten
                verdicts.remove(sql);
            }
        }
        return verdict;
    }

    private void forget() {
        verdicts.clear();
        kept.set(0);
    }

    /** Whether a text was sent from which it shows that its session once had temporary objects. */
    public boolean isTemporaryLookedFor() {
        return temporaryIsLookedFor;
    }

    /** What is known of the database has grown old. */
    public void outdate() {
        due = true;
    }

    /** Somebody is about to change the catalogue, or has: until it was read again, no session is believed to be as new. */
    public void changes() {
        changes.incrementAndGet();
        due = true;
    }

    /** Whether {@link #read} has something to do. */
    public boolean isDue() {
        return due && readsCatalogue;
    }

    /** Whether a session is as it was when it was new once it was reset, if this was done in it since. */
    public boolean isAsNew(SqlVerdict done) {
        if (!readsCatalogue || done == SqlVerdict.NOTHING) {
            return true;
        }
        Catalogue current = catalogue;
        Catalogue then = done.catalogue();
        boolean same = then == current || then == null && current != null && current.hidesNothing();
        return same && !done.changesCatalogue() && changes.get() == changesRead;
    }

    /** Whether sessions are not reset in which nothing was done but what is known to be clean. */
    public boolean provesSessions() {
        return provesSessions && readsCatalogue;
    }

    /** Another number after each change of the database's tables, functions or operators that was heard of. */
    public int edition() {
        return edition.get();
    }

    /**
     * A statement that fails, after the reset, if that was not enough: because a function that was called is no more what
     * it is known to be, or a time-out passed that had been set. Null if no such thing was done.
     */
    public @Nullable String proof(SqlVerdict done) {
        Catalogue then = done.catalogue();
        if (then != null && !done.functions().isEmpty()) {
            return then.proof(done.functions());
        }
        return done.setsTimeout() ? "SELECT 1" : null;
    }

    /**
     * Reads the catalogue, unless somebody does so already.
     *
     * @param query gives the rows of a statement, each value as text; null if it fails
     */
    public void read(Function<String, @Nullable List<String[]>> query) {
        read(query, session -> {});
    }

    /** The same; tells in which process of the server the query was run. */
    public void read(Function<String, @Nullable List<String[]>> query, Consumer<String> session) {
        if (!reading.compareAndSet(false, true)) {
            return;
        }
        try {
            due = false;
            int seen = changes.get();
            if (readAlone(query, session)) {
                changesRead = seen;
            }
        } finally {
            reading.set(false);
        }
    }

    private boolean readAlone(Function<String, @Nullable List<String[]>> query, Consumer<String> session) {
        List<String[]> now = query.apply(VERSION);
        if (now == null || now.isEmpty()) {
            return unreadable();
        }
        if (now.get(0).length > 1) {
            session.accept(now.get(0)[1]);
        }
        if (version.equals(now.get(0)[0])) {
            return true;
        }
        List<String[]> rows = query.apply(CATALOGUE);
        if (rows == null || rows.size() > MOST_ROWS) {
            return unreadable();
        }
        Catalogue read = CatalogueReader.read(rows, customSettings);
        Catalogue before = catalogue;
        if (before == null || !read.saysTheSame(before)) {
            catalogue = read;
            forget();
        }
        version = String.valueOf(now.get(0)[0]);
        edition.incrementAndGet();
        if (read.isOpaqueEverywhere()) {
            Log.once(
                    Log.Level.WARN,
                    "a database has operators, casts or domains whose functions are not known to be harmless:"
                            + " its connections are really closed after each use");
        }
        return true;
    }

    private boolean unreadable() {
        readsCatalogue = false;
        catalogue = null;
        forget();
        Log.once(
                Log.Level.INFO,
                "a catalogue cannot be read (PostgreSQL before 14, or a very large one):"
                        + " connections are really closed after a call of a function of the application's own");
        return false;
    }

    private static String text(String resource) {
        try {
            return Resources.text(KnownSql.class, resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
