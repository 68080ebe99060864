package io.poolshim.clients;

import io.poolshim.programs.Env;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;

/** Quartz with its jobs in the database, over a connection provider of the application's own. */
final class QuartzClient {
    private static final int JOBS = 5;
    private static final List<String> RUN = new CopyOnWriteArrayList<>();
    private static final CountDownLatch DONE = new CountDownLatch(JOBS);

    private QuartzClient() {}

    /** Connects for each call. */
    public static final class Connecting implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            Env env = new Env(System.out);
            return DriverManager.getConnection(env.url(), env.user(), env.password());
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }

    /** Notes that it ran, and with what. */
    public static final class NotingJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            RUN.add(context.getJobDetail().getKey() + " "
                    + context.getMergedJobDataMap().getString("what"));
            DONE.countDown();
        }
    }

    private static Properties properties() {
        Properties p = new Properties();
        p.setProperty("org.quartz.scheduler.instanceName", "it");
        p.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        p.setProperty("org.quartz.threadPool.threadCount", "2");
        p.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        p.setProperty("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        p.setProperty("org.quartz.jobStore.dataSource", "own");
        p.setProperty("org.quartz.dataSource.own.connectionProvider.class", Connecting.class.getName());
        return p;
    }

    static void run(Env env) throws Exception {
        env.setup(script());
        Scheduler scheduler = new StdSchedulerFactory(properties()).getScheduler();
        for (int i = 0; i < JOBS; i++) {
            scheduler.scheduleJob(
                    JobBuilder.newJob(NotingJob.class)
                            .withIdentity("job" + i)
                            .usingJobData("what", "data " + i)
                            .storeDurably()
                            .build(),
                    TriggerBuilder.newTrigger()
                            .withIdentity("trigger" + i)
                            .startNow()
                            .build());
        }
        env.print("stored", env.query("SELECT count(*) FROM qrtz_job_details"));
        scheduler.start();
        DONE.await();
        scheduler.shutdown(true);
        List<String> ran = new java.util.ArrayList<>(RUN);
        Collections.sort(ran);
        env.print("ran", ran);
        env.print("left", env.query("SELECT count(*) FROM qrtz_triggers"));
        env.print("known", env.query("SELECT job_name FROM qrtz_job_details ORDER BY 1"));
        env.show("after shutdown", () -> scheduler.checkExists(JobKey.jobKey("job1")));
    }

    /** Quartz brings its tables as a script. */
    private static String script() throws Exception {
        try (InputStream in =
                        QuartzClient.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql");
                Scanner scanner = new Scanner(in, "UTF-8").useDelimiter("\\A")) {
            return scanner.next();
        }
    }
}
