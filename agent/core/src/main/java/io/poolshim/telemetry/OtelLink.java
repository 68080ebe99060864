package io.poolshim.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Defined beside the application's API only. It looks at the field behind {@code GlobalOpenTelemetry.get()}, because that
 * method fixes a no-op for good if nothing was set before; the field has had its name since version 1.0. And it asks for no
 * context before the application has: the first one who does settles how contexts are stored.
 */
public final class OtelLink implements ApplicationLink {
    private static final MethodHandle GLOBAL =
            field(GlobalOpenTelemetry.class, "globalOpenTelemetry").asType(MethodType.methodType(Object.class));

    private static final MethodHandle STORAGE_INITIALIZED = storageInitialized();
    private static volatile boolean begun;

    private final OtelTracing context = new OtelTracing(TracerProvider.noop(), null);
    private volatile @Nullable Object useless; // a no-op that was set

    private static MethodHandle field(Class<?> of, String name) {
        try {
            Field field = of.getDeclaredField(name);
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("another " + of.getName() + " than is known", e);
        }
    }

    private static MethodHandle storageInitialized() {
        try {
            Class<?> wrappers = Class.forName(
                    "io.opentelemetry.context.ContextStorageWrappers", true, OtelLink.class.getClassLoader());
            return field(wrappers, "storageInitialized");
        } catch (ClassNotFoundException e) {
            throw new LinkageError("another Context than is known", e);
        }
    }

    /** Whether the application has used contexts: after that nobody can change how they are stored. */
    private static boolean hasBegun() {
        if (!begun) {
            try {
                begun = (boolean) STORAGE_INITIALIZED.invokeExact();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return begun;
    }

    @Override
    public @Nullable Object global() {
        Object set = value();
        if (set == null || set == useless || !hasBegun()) {
            return null;
        }
        if (((OpenTelemetry) set).getTracerProvider() == TracerProvider.noop()) {
            useless = set;
            return null;
        }
        return set;
    }

    private static @Nullable Object value() {
        try {
            return (Object) GLOBAL.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Tracing tracing(Object global) {
        return new OtelTracing(((OpenTelemetry) global).getTracerProvider(), null);
    }

    @Override
    public @Nullable Metering metering(Object global) {
        return OtelMetering.of(global);
    }

    @Override
    public String @Nullable [] active() {
        Object active = hasBegun() ? context.active() : null;
        return active == null ? null : context.ids(active);
    }
}
