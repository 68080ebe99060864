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
 * method fixes a no-op for good if nothing was set before; the field has had its name since version 1.0.
 */
public final class OtelLink implements ApplicationLink {
    private static final MethodHandle GLOBAL = global("globalOpenTelemetry");

    private final OtelTracing context = new OtelTracing(TracerProvider.noop(), null);
    private volatile @Nullable Object useless; // a no-op that was set

    private static MethodHandle global(String name) {
        try {
            Field field = GlobalOpenTelemetry.class.getDeclaredField(name);
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field).asType(MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("another GlobalOpenTelemetry than is known", e);
        }
    }

    @Override
    public @Nullable Object global() {
        Object set = value();
        if (set == null || set == useless) {
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
    public String @Nullable [] active() {
        Object active = context.active();
        return active == null ? null : context.ids(active);
    }
}
