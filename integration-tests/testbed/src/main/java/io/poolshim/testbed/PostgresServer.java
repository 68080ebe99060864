package io.poolshim.testbed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * An embedded PostgreSQL, 17 unless told otherwise, that asks for passwords by SCRAM and can be stopped, started and restarted. It
 * runs without fsync, which belongs beside every figure taken from it. All its files are gone after {@link #close()}, or when this JVM exits.
 */
public final class PostgresServer implements AutoCloseable {
    private static final int START_ATTEMPTS = 3;
    private static final String ADMIN = "postgres";

    private final EmbeddedPostgres embedded;
    private final PgCtl pgCtl;
    private final String adminPassword = new BigInteger(128, new SecureRandom()).toString(36);

    private PostgresServer(EmbeddedPostgres embedded, PgCtl pgCtl) {
        this.embedded = embedded;
        this.pgCtl = pgCtl;
    }

    /** Starts a server with PostgreSQL's own defaults. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** Starts a server; the settings are names and values of {@code postgresql.conf}, such as {@code max_connections}. */
    public static PostgresServer start(Map<String, String> serverSettings) {
        return start(Binaries.ofClassPath(), serverSettings);
    }

    /** Starts a server of another version; the jar is one of {@code io.zonky.test.postgres} for this machine. */
    public static PostgresServer start(Path binariesJar) {
        return start(Binaries.of(binariesJar), Map.of());
    }

    private static PostgresServer start(Binaries binaries, Map<String, String> serverSettings) {
        IllegalStateException failure = new IllegalStateException("PostgreSQL did not start");
        for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
            Path directory = Workspace.newServerDirectory();
            try {
                return startIn(directory, binaries, serverSettings);
            } catch (IOException | SQLException | RuntimeException e) {
                failure.addSuppressed(new IOException("server log: " + log(directory), e));
                Workspace.delete(directory);
            }
        }
        throw failure;
    }

    private static PostgresServer startIn(Path directory, Binaries binaries, Map<String, String> serverSettings)
            throws IOException, SQLException {
        Path data = directory.resolve("data");
        File log = directory.resolve("start.log").toFile();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(binaries.folder().toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale", "C")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log));
        binaries.jar().ifPresent(jar -> builder.setPgBinaryResolver((system, hardware) -> binaries.packed()));
        settings(serverSettings).forEach(builder::setServerConfig);
        EmbeddedPostgres embedded = builder.start();
        PostgresServer server =
                new PostgresServer(embedded, new PgCtl(binaries, data, directory.resolve("server.log")));
        Workspace.register(server);
        try {
            server.demandPasswords(data, settings(serverSettings).get("password_encryption"));
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static Map<String, String> settings(Map<String, String> serverSettings) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("max_connections", "100");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("unix_socket_directories", "");
        settings.putAll(serverSettings);
        return settings;
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("start.log"));
        } catch (IOException e) {
            return "none";
        }
    }

    /** The embedded server trusts everybody at first. The method is scram-sha-256, or md5 for drivers without SCRAM. */
    private void demandPasswords(Path data, String method) throws IOException, SQLException {
        try (Connection trusted = DriverManager.getConnection(url(ADMIN), ADMIN, "");
                Statement statement = trusted.createStatement()) {
            statement.execute("ALTER ROLE " + ADMIN + " PASSWORD " + literal(adminPassword));
            Files.write(
                    data.resolve("pg_hba.conf"),
                    List.of("host all all 127.0.0.1/32 " + method, "host all all ::1/128 " + method));
            statement.execute("SELECT pg_reload_conf()");
        }
        Await.until("the server asks for passwords", Duration.ofSeconds(30), this::refusesWrongPassword);
    }

    private boolean refusesWrongPassword() {
        try (Connection trusted = DriverManager.getConnection(url(ADMIN), ADMIN, "wrong")) {
            return !trusted.isValid(5);
        } catch (SQLException e) {
            return "28P01".equals(e.getSQLState());
        }
    }

    public String host() {
        return "localhost";
    }

    public int port() {
        return embedded.getPort();
    }

    public String url(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    public String adminUser() {
        return ADMIN;
    }

    public String adminPassword() {
        return adminPassword;
    }

    /** A superuser's connection to the database {@code postgres}. */
    public Connection admin() throws SQLException {
        return admin(ADMIN);
    }

    private Connection admin(String database) throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", ADMIN);
        info.setProperty("password", adminPassword);
        info.setProperty("ApplicationName", "testbed");
        return DriverManager.getConnection(url(database), info);
    }

    /** Runs statements as the superuser, each on its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection admin = admin();
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public void createUser(String name, String password) throws SQLException {
        execute("CREATE ROLE " + identifier(name) + " LOGIN PASSWORD " + literal(password));
    }

    public void createDatabase(String name, String owner) throws SQLException {
        execute("CREATE DATABASE " + identifier(name) + " OWNER " + identifier(owner));
    }

    /** Drops the database, whoever is still connected to it, and what was prepared in it and never committed. */
    public void dropDatabase(String name) throws SQLException {
        List<String> prepared = texts("SELECT gid FROM pg_prepared_xacts WHERE database = ?", name);
        if (!prepared.isEmpty()) {
            try (Connection admin = admin(name);
                    Statement statement = admin.createStatement()) {
                for (String gid : prepared) {
                    statement.execute("ROLLBACK PREPARED " + literal(gid));
                }
            }
        }
        execute("DROP DATABASE IF EXISTS " + identifier(name) + " WITH (FORCE)");
    }

    /** Ends all sessions of the database on the server's side and waits until they are gone; returns how many there were. */
    public int killBackends(String database) throws SQLException {
        return (int) number(
                "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                        + " WHERE datname = ? AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                database);
    }

    /** Sessions opened so far, by the server's own statistics, which a session reaches at the latest when it ends. */
    public long sessionsOpened(String database) throws SQLException {
        return number("SELECT sessions FROM pg_stat_database WHERE datname = ?", database);
    }

    /** Of those that have ended, how many the client left without a word. */
    public long sessionsAbandoned(String database) throws SQLException {
        return number("SELECT sessions_abandoned FROM pg_stat_database WHERE datname = ?", database);
    }

    public int currentConnections(String database) throws SQLException {
        return (int) number(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND pid <> pg_backend_pid()"
                        + " AND backend_type = 'client backend'",
                database);
    }

    private long number(String sql, String database) throws SQLException {
        List<String> rows = texts(sql, database);
        return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0));
    }

    /** The first column. */
    private List<String> texts(String sql, String database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection admin = admin();
                PreparedStatement statement = admin.prepareStatement(sql)) {
            statement.setString(1, database);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }

    /** What a crash and an immediate recovery look like to clients; ready again when this returns. */
    public void restartImmediate() {
        pgCtl.run("restart", "-m", "immediate");
    }

    /** Cuts all connections and refuses new ones until {@link #startAgain()}. */
    public void stop() {
        pgCtl.run("stop", "-m", "immediate");
    }

    /** Ends all sessions and writes everything down. */
    void stopCleanly() {
        pgCtl.run("stop", "-m", "fast");
    }

    PgCtl pgCtl() {
        return pgCtl;
    }

    /** After {@link #stop()}: the same data, port and settings. */
    public void startAgain() {
        pgCtl.startAsBefore();
    }

    @Override
    public void close() {
        Workspace.unregister(this);
        try {
            embedded.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot stop PostgreSQL", e);
        } finally {
            Workspace.delete(pgCtl.data().getParent());
        }
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
