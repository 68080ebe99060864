package io.poolshim.admin;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.PoolRegistry;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The ways by which an operator reaches the pools of a running JVM, as far as the settings ask for them. */
public final class Administration {
    private Administration() {}

    /** Begins to look at the settings file, and for somebody who wants MBeans. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to the log
    public static void start(
            Config config,
            PoolRegistry registry,
            Control control,
            PassThrough passed,
            Report report,
            ScheduledExecutorService scheduler) {
        Path file = config.file();
        if (file != null) {
            Runnable watch = new SettingsWatch(file, config, registry.controls());
            scheduler.scheduleWithFixedDelay(watch, 0, SettingsWatch.PERIOD, TimeUnit.MILLISECONDS);
        }
        if (!config.is(Settings.JMX, "off")) {
            AgentBean agent = new AgentBean(control, passed, report::json);
            Runnable beans = new MBeans(registry, control, agent, config.is(Settings.JMX, "on"));
            scheduler.scheduleWithFixedDelay(beans, MBeans.PERIOD, MBeans.PERIOD, TimeUnit.MILLISECONDS);
        }
    }
}
