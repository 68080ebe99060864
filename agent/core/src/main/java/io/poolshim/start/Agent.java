package io.poolshim.start;

import io.poolshim.admin.Administration;
import io.poolshim.admin.Control;
import io.poolshim.admin.Report;
import io.poolshim.advice.Advice;
import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.config.Settings;
import io.poolshim.instrument.ClassDefiner;
import io.poolshim.instrument.DriverPreparer;
import io.poolshim.instrument.SentTexts;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.log.Log;
import io.poolshim.observe.Uses;
import io.poolshim.pool.AgentThreads;
import io.poolshim.proxy.InterfaceDriver;
import io.poolshim.reclaim.LeakWatch;
import io.poolshim.redirect.BorrowPlaces;
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

    private static Function<Object[], Object> assemble(Instrumentation instrumentation, @Nullable String arguments)
            throws Exception {
        Config config = settings(arguments);
        Platform.check();
        ClassDefiner.ModuleOpener modules = new ClassDefiner.ModuleOpener(instrumentation);
        modules.open(DriverManager.class, DriverManagerAccess.class);
        modules.open(Properties.class, DriverManagerAccess.class);
        PassThrough passed = new PassThrough();
        Listening heard = Listening.of(config, passed);
        LeakWatch leaks = new LeakWatch(config);
        ScheduledExecutorService scheduler = AgentThreads.scheduler();
        PoolRegistry registry = new PoolRegistry(config, scheduler, heard.pools, leaks::reclaim);
        Uses uses = new Uses(BorrowPlaces::of);
        Databases databases = new Databases(config);
        every(RECLAIM_PERIOD, scheduler, leaks::reclaim);
        every(SAMPLE_PERIOD, scheduler, () -> sample(uses, registry));
        every(config.millis(Settings.CATALOGUE_AGE), scheduler, databases::outdate);
        Advice advice = new Advice(config, registry, uses, passed, ClassWatch.names());
        DriverPreparer preparer = preparer(config, instrumentation, heard.telemetry);
        DriverCache drivers = new DriverCache((profile, connectionClass) ->
                borrowing(config, preparer, databases, leaks, heard.queries, uses, profile, connectionClass));
        Control control = new Control(registry.controls());
        heard.showAtAdminPort(control, advice);
        Report report = new Report(registry, passed, heard::dropped).with("advice", advice::appendTo);
        Administration.start(config, registry, control, passed, report, scheduler);
        Commands.serve(new Operations(new Status(registry, passed), report, advice::text, control));
        Sign.hang(instrumentation);
        stopAtExit(() -> stop(config, registry, report, heard, advice));
        return new Redirector(config, new DriverManagerAccess(), profiles(config), drivers, registry, passed);
    }

    /** Tells what is odd about them, too. */
    private static Config settings(@Nullable String arguments) {
        Config config = Config.read(System.getProperties(), System.getenv(), arguments);
        Log.setLevel(config.get(Settings.LOG_LEVEL));
        config.unknownTold().forEach(Log::warn);
        Outputs.check(config);
        if (Log.isDebug()) {
            PrintSettings.given(config).forEach(Log::debug);
        }
        return config;
    }

    /** {@code millis}: from one end to the next beginning; 0 for never. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to the log
    private static void every(long millis, ScheduledExecutorService scheduler, Runnable task) {
        if (millis > 0) {
            scheduler.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private static void sample(Uses uses, PoolRegistry registry) {
        try {
            uses.sample(registry.current());
            ClassWatch.tellFailure();
        } catch (RuntimeException | LinkageError e) { // or the scheduler would not call again
            Log.swallowed("looking at the use of pools", e);
        }
    }

    private static DriverPreparer preparer(Config config, Instrumentation instrumentation, Telemetry telemetry)
            throws ReflectiveOperationException {
        ClassDefiner definer = new ClassDefiner(instrumentation);
        BiFunction<Object, Object, Object> comments = WhoAsks.comments(config, telemetry::traceparent);
        SentTexts texts = comments == null ? null : new SentTexts(instrumentation, definer, comments);
        return new DriverPreparer(instrumentation, definer, texts);
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

    private static void stop(Config config, PoolRegistry registry, Report report, Listening heard, Advice advice) {
        long start = System.nanoTime();
        ClassWatch.tellFailure();
        heard.flushLogs(FLUSH_LOG_MILLIS);
        if (config.get(Settings.REPORT) != null) {
            report.writeTo(config.get(Settings.REPORT));
        }
        advice.writeAtExit();
        long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        heard.telemetry.shutdown(FLUSH_MILLIS - Math.min(spent, FLUSH_LOG_MILLIS), TimeUnit.MILLISECONDS);
        registry.end(CLOSE_MILLIS); // last: what else ends now may still borrow
    }
}
