package io.poolshim.start;

import io.poolshim.instrument.DriverNamesWatch;
import io.poolshim.log.Log;
import io.poolshim.observe.DriverNames;
import io.poolshim.redirect.OwnClasses;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of the application's classes in a JVM that is started to be observed. They are looked at from before the
 * application's main class is loaded, which is before there is an agent.
 */
public final class ClassWatch {
    private static final DriverNames NAMES = new DriverNames();

    private static volatile @Nullable DriverNamesWatch watch;

    private ClassWatch() {}

    /** Looks at each class from now on, once, when it is loaded; called at most once in a JVM. */
    public static void start(Instrumentation instrumentation) {
        try {
            DriverNamesWatch started = new DriverNamesWatch(new OwnClasses(), NAMES);
            instrumentation.addTransformer(started, false);
            watch = started;
        } catch (IOException | RuntimeException | LinkageError e) {
            Log.swallowed("starting to look at the application's classes", e);
        }
    }

    /** Empty in a JVM that was not started so. */
    static DriverNames names() {
        return NAMES;
    }

    static void tellFailure() {
        DriverNamesWatch started = watch;
        if (started != null) {
            started.tellFailure();
        }
    }
}
