package io.poolshim.launch;

import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Does nothing until DriverManager comes by; only then is the code that patches it loaded. */
final class DriverManagerTransformer implements ClassFileTransformer {
    private static final String PATCH = "io.poolshim.instrument.DriverManagerPatch";

    private final AgentClassLoader loader;
    private final boolean viaBootstrap;

    /** With {@code viaBootstrap} no member is added: the class is already loaded, and its shape is fixed. */
    DriverManagerTransformer(AgentClassLoader loader, boolean viaBootstrap) {
        this.loader = loader;
        this.viaBootstrap = viaBootstrap;
    }

    @Override
    public byte @Nullable [] transform(
            ClassLoader definer, String name, Class<?> redefined, ProtectionDomain domain, byte[] original) {
        if (!"java/sql/DriverManager".equals(name)) {
            return null;
        }
        try {
            Method apply = loader.loadClass(PATCH).getMethod("apply", byte[].class, boolean.class, byte[].class);
            byte[] seam = loader.seam();
            return (byte[]) apply.invoke(null, original, viaBootstrap, seam);
        } catch (Throwable failure) {
            Launch.inactive(failure);
            return null;
        }
    }
}
