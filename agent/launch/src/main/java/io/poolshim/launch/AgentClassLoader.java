package io.poolshim.launch;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent and its libraries from archives inside the agent's own jar, child first, so that the application
 * neither sees them nor lends them a class, a resource or a service file of its own. The parent is the platform loader.
 */
final class AgentClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final File jar;
    private final ProtectionDomain domain = AgentClassLoader.class.getProtectionDomain();
    private volatile Archive @Nullable [] archives; // opened when the first class is asked for, not in premain

    AgentClassLoader(File agentJar) {
        super(platformLoader());
        this.jar = agentJar;
    }

    /** The jar that this very class was loaded from. */
    static File ownJar() throws IOException, URISyntaxException {
        CodeSource source = AgentClassLoader.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IOException("the agent's jar cannot be found; give its full path in -javaagent");
        }
        return new File(source.getLocation().toURI());
    }

    /** On Java 8 the extension loader. The system loader's parent would do but for {@code -Djava.system.class.loader}. */
    private static ClassLoader platformLoader() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        while (loader.getParent() != null) {
            loader = loader.getParent();
        }
        return loader;
    }

    private Archive[] archives() throws IOException {
        Archive[] open = archives;
        if (open == null) {
            synchronized (this) {
                open = archives;
                if (open == null) {
                    Archive common = new Archive(jar, "inst.archive");
                    archives = open = isJava11()
                            ? new Archive[] {new Archive(jar, "inst-11.archive"), common
                            } // HikariCP 7 before HikariCP 4
                            : new Archive[] {common};
                }
            }
        }
        return open;
    }

    private static boolean isJava11() {
        String version = System.getProperty("java.specification.version");
        return !version.startsWith("1.") && Integer.parseInt(version) >= 11;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = read(name.replace('.', '/') + ".class");
                loaded = bytes == null ? super.loadClass(name, false) : define(name, bytes);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    /** The class file of the seam, which stands at the top level of the jar for the bootstrap loader. */
    byte @Nullable [] seam() {
        return read("io/poolshim/bootstrap/BootstrapSeam.class");
    }

    private byte @Nullable [] read(String resource) {
        try {
            for (Archive archive : archives()) {
                byte[] bytes = archive.read(resource);
                if (bytes != null) {
                    return bytes;
                }
            }
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource + ": " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = read(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable URL getResource(String name) {
        byte[] bytes = read(name);
        try {
            return bytes == null ? null : new URL(null, "poolshim:/" + name, new BytesHandler(bytes));
        } catch (IOException e) {
            return null;
        }
    }

    /** Child only: the platform's service files are of no use here, and the application's must not come in. */
    @Override
    public Enumeration<URL> getResources(String name) {
        URL resource = getResource(name);
        return resource == null
                ? Collections.emptyEnumeration()
                : Collections.enumeration(Collections.singleton(resource));
    }

    private static final class BytesHandler extends URLStreamHandler {
        private final byte[] bytes;

        BytesHandler(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new BytesConnection(url, bytes);
        }
    }

    private static final class BytesConnection extends URLConnection {
        private final byte[] bytes;

        BytesConnection(URL url, byte[] bytes) {
            super(url);
            this.bytes = bytes;
        }

        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
