package io.poolshim.telemetry;

import io.poolshim.config.Resources;
import io.poolshim.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines the few classes that make spans and metrics once more, so that they use the OpenTelemetry API of an
 * application. All else is the agent's own. Nothing of the agent keeps such a loader but what is kept with the application's classes.
 */
final class LinkLoader extends ClassLoader {
    private static final String API = "io.opentelemetry.";
    private static final Set<String> LINKED = Collections.unmodifiableSet(new HashSet<>(Arrays.asList(
            OtelLink.class.getName(),
            OtelTracing.class.getName(),
            OtelMetering.class.getName(),
            OtelAttributes.class.getName())));

    private final ClassLoader application;

    private LinkLoader(ClassLoader application) {
        super(LinkLoader.class.getClassLoader());
        this.application = application;
    }

    /** Null if this API cannot be used. */
    static @Nullable ApplicationLink link(ClassLoader application) {
        try {
            return (ApplicationLink) new LinkLoader(application)
                    .loadClass(OtelLink.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Log.debug(
                    "an application's OpenTelemetry API cannot be used: " + (e.getCause() == null ? e : e.getCause()));
            return null;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(API)) {
            return application.loadClass(name);
        }
        int nested = name.indexOf('$');
        if (!LINKED.contains(nested < 0 ? name : name.substring(0, nested))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = Resources.bytes(in);
            return defineClass(name, bytes, 0, bytes.length, LinkLoader.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
