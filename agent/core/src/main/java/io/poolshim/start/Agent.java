package io.poolshim.start;

import io.poolshim.admin.AdminServer;
import io.poolshim.admin.AdminState;
import io.poolshim.admin.Administration;
import io.poolshim.admin.Control;
import io.poolshim.admin.Report;
import io.poolshim.advice.Advice;
import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.config.Settings;
import io.poolshim.instrument.ClassDefiner;
import io.poolshim.instrument.ConnectCalls;
import io.poolshim.instrument.DriverPreparer;
import io.poolshim.instrument.SentTexts;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.journal.Incidents;
import io.poolshim.journal.Journal;
import io.poolshim.log.Log;
import io.poolshim.observe.Uses;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.Listeners;
import io.poolshim.pool.PoolListener;
import io.poolshim.proxy.InterfaceDriver;
import io.poolshim.reclaim.LeakWatch;
import io.poolshim.redirect.BorrowPlaces;
import io.poolshim.redirect.CallSites;
import io.poolshim.redirect.PassThrough;
import io.poolshim.redirect.Redirector;
import io.poolshim.registry.PoolRegistry;
import io.poolshim.session.Bouncers;
import io.poolshim.session.DriverProfile;
import io.poolshim.session.DriverProfiles;
import io.poolshim.session.PostgresProfile;
import io.poolshim.session.SessionReset;
import io.poolshim.session.ShellProfile;
import io.poolshim.session.TestProfile;
import io.poolshim.sql.Databases;
import io.poolshim.telemetry.Telemetry;
import io.poolshim.wrap.Borrowing;
import io.poolshim.wrap.PooledDriver;
import io.poolshim.wrap.QueryListener;
import io.poolshim.wrap.Sabotage;
import java.lang.instrument.Instrumentation;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the agent together, at the application's first {@code DriverManager.getConnection}. */
public final class Agent {
    private static final long RECLAIM_PERIOD = 1_000; // ms
    private static final long SAMPLE_PERIOD = 1_000; // ms
    private static final long FLUSH_MILLIS = 1500; // exit is to be delayed by less than two seconds in all
    private static final long FLUSH_LOG_MILLIS = 400; // of those
    private static final long CLOSE_MILLIS = 200; // after those

    private Agent() {}

    /**
     * Starts the agent.
     *
     * @param arguments the agent's arguments, or null
     * @return the redirector: {url, info, caller} to a connection, or to null for "run the original method"
     * @throws ConfigException if a setting cannot be obeyed, or the JVM lacks a module; the message says what to do
     */
    public static Function<Object[], Object> start(Instrumentation instrumentation, @Nullable String arguments)
            throws Exception {
        try {
            return assemble(instrumentation, arguments);
        } catch (Throwable failure) {
            AdminPort.notActive();
            throw failure;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to the log
    private static Function<Object[], Object> assemble(Instrumentation instrumentation, @Nullable String arguments)
            throws Exception {
        Config config = Config.read(System.getProperties(), System.getenv(), arguments);
        Log.setLevel(config.get(Settings.LOG_LEVEL));
        config.unknownTold().forEach(Log::warn);
        if (Log.isDebug()) {
            PrintSettings.given(config).forEach(Log::debug);
        }
        Platform.check();
        ClassDefiner.ModuleOpener modules = new ClassDefiner.ModuleOpener(instrumentation);
        modules.open(DriverManager.class, DriverManagerAccess.class);
        modules.open(Properties.class, DriverManagerAccess.class);
        PassThrough passed = new PassThrough();
        Telemetry telemetry = Telemetry.of(config, passed::counts, new CallSites(ConnectCalls::isOne));
        Journal journal = Journal.inFrontOf(telemetry, config, Telemetry::withoutLiterals, telemetry::traceId);
        AdminServer adminPort = AdminPort.open(config);
        AdminState admin = adminPort == null ? null : adminState(config, telemetry, journal, passed);
        PoolListener first = admin != null ? admin.watches() : journal == null ? telemetry : journal;
        Incidents incidents = Incidents.of(config);
        PoolListener pools = Listeners.both(first, incidents);
        QueryListener queries = admin != null ? admin.watches() : journal == null ? telemetry : journal;
        LeakWatch leaks = new LeakWatch(config);
        ScheduledExecutorService scheduler = AgentThreads.scheduler();
        PoolRegistry registry = new PoolRegistry(config, scheduler, pools, leaks::reclaim);
        scheduler.scheduleWithFixedDelay(leaks::reclaim, RECLAIM_PERIOD, RECLAIM_PERIOD, TimeUnit.MILLISECONDS);
        Uses uses = new Uses(BorrowPlaces::of);
        scheduler.scheduleWithFixedDelay(
                () -> sample(uses, registry), SAMPLE_PERIOD, SAMPLE_PERIOD, TimeUnit.MILLISECONDS);
        Advice advice = new Advice(config, registry, uses, passed);
        Databases databases = new Databases(config);
        long age = config.get(Settings.CATALOGUE_AGE).toMillis();
        if (age > 0) {
            scheduler.scheduleWithFixedDelay(databases::outdate, age, age, TimeUnit.MILLISECONDS);
        }
        ClassDefiner definer = new ClassDefiner(instrumentation);
        BiFunction<Object, Object, Object> comments = WhoAsks.comments(config, telemetry::traceparent);
        SentTexts texts = comments == null ? null : new SentTexts(instrumentation, definer, comments);
        DriverPreparer preparer = new DriverPreparer(instrumentation, definer, texts);
        DriverCache drivers = new DriverCache((profile, connectionClass) ->
                borrowing(config, preparer, databases, leaks, queries, uses, profile, connectionClass));
        Control control = new Control(registry.controls());
        if (adminPort != null && admin != null) {
            admin.control(control);
            admin.advice(advice::json, advice::text);
            adminPort.show(admin);
        }
        Report report = new Report(registry, passed, journal == null ? () -> 0 : journal::dropped)
                .with("advice", advice::appendTo);
        Administration.start(config, registry, control, passed, report, scheduler);
        Commands.serve(new Operations(new Status(registry, passed), report, advice::text, control));
        Sign.hang(instrumentation);
        stopAtExit(() -> stop(config, registry, report, journal, incidents, telemetry, advice));
        return new Redirector(config, new DriverManagerAccess(), profiles(config), drivers, registry, passed);
    }

    private static void sample(Uses uses, PoolRegistry registry) {
        try {
            uses.sample(registry.current());
        } catch (RuntimeException | LinkageError e) { // or the scheduler would not call again
            Log.swallowed("looking at the use of pools", e);
        }
    }

    private static AdminState adminState(
            Config config, Telemetry telemetry, @Nullable Journal journal, PassThrough passed) {
        return journal == null
                ? new AdminState(config, telemetry, passed, Telemetry::withoutLiterals)
                : new AdminState(config, journal, passed, Telemetry::withoutLiterals);
    }

    private static DriverProfiles profiles(Config config) {
        List<ShellProfile> known = new ArrayList<>();
        known.add(new PostgresProfile(WhoAsks.applicationName(config), Bouncers.of(config)));
        if (config.get(Settings.TEST_PROFILE) != null) {
            known.add(new TestProfile(config.get(Settings.TEST_PROFILE)));
        }
        return new DriverProfiles(known);
    }

    private static @Nullable Borrowing borrowing(
            Config config,
            DriverPreparer preparer,
            Databases databases,
            LeakWatch leaks,
            QueryListener queries,
            Uses uses,
            DriverProfile profile,
            Class<?> type) {
        boolean shells = profile instanceof ShellProfile;
        if (!shells && !config.is(Settings.SQLCOMMENTER, "off")) {
            Log.warn("statements carry no comment with " + profile.driverClass() + ": only pgjdbc's do");
        }
        PooledDriver driver =
                shells ? preparer.prepare((ShellProfile) profile, type) : InterfaceDriver.prepare(profile, type);
        if (driver == null) {
            return null;
        }
        Sabotage sabotage = new Sabotage(
                config.get(Settings.SABOTAGE), () -> preparer.makeStatementsForeign((ShellProfile) profile, type));
        return new Borrowing(driver, SessionReset.of(config), databases, leaks, queries, sabotage, uses);
    }

    private static void stopAtExit(Runnable stop) {
        try {
            Runtime.getRuntime().addShutdownHook(new AgentThreads("shutdown").newThread(stop));
        } catch (IllegalStateException exitingAlready) {
            Log.debug("the JVM exits already: no report, and spans may not be sent");
        }
    }

    private static void stop(
            Config config,
            PoolRegistry registry,
            Report report,
            @Nullable Journal journal,
            @Nullable Incidents incidents,
            Telemetry telemetry,
            Advice advice) {
        long start = System.nanoTime();
        if (journal != null) {
            journal.flush(FLUSH_LOG_MILLIS);
        }
        if (incidents != null) {
            incidents.flush(FLUSH_LOG_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        if (config.get(Settings.REPORT) != null) {
            report.writeTo(config.get(Settings.REPORT));
        }
        advice.writeAtExit();
        long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        telemetry.shutdown(FLUSH_MILLIS - Math.min(spent, FLUSH_LOG_MILLIS), TimeUnit.MILLISECONDS);
        registry.end(CLOSE_MILLIS); // last: what else ends now may still borrow
    }
}
