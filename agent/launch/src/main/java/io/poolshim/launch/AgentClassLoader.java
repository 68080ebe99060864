package io.poolshim.launch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the agent and its libraries from folders of the agent's own jar, child first, so that the application neither
 * sees them nor lends them a class, a resource or a service file of its own. The parent is the platform loader.
 */
final class AgentClassLoader extends ClassLoader {
    private static final String[] FOLDERS = {"inst/"};
    private static final String[] FOLDERS_FROM_11 = {"inst-11/", "inst/"}; // HikariCP 7 before HikariCP 4

    static {
        registerAsParallelCapable();
    }

    private final File file;
    private final String[] folders;
    private volatile JarFile jar; // opened when the first class is asked for, not in premain
    private final ProtectionDomain domain = AgentClassLoader.class.getProtectionDomain();

    AgentClassLoader(File agentJar) {
        super(platformLoader());
        this.file = agentJar;
        this.folders = isJava11() ? FOLDERS_FROM_11 : FOLDERS;
    }

    /** On Java 8 the extension loader. The system loader's parent would do but for {@code -Djava.system.class.loader}. */
    private static ClassLoader platformLoader() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        while (loader.getParent() != null) {
            loader = loader.getParent();
        }
        return loader;
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

    /** The bytes of a class that stands at the top level of the jar. */
    byte[] launchClass(String path) throws IOException {
        return bytes(jar().getJarEntry(path));
    }

    private JarFile jar() throws IOException {
        JarFile open = jar;
        if (open == null) {
            synchronized (this) {
                open = jar;
                if (open == null) {
                    jar = open = new JarFile(file, false);
                }
            }
        }
        return open;
    }

    private byte[] read(String resource) {
        try {
            JarEntry entry = entry(resource);
            return entry == null ? null : bytes(entry);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource + " from " + file, e);
        }
    }

    private JarEntry entry(String resource) throws IOException {
        String stored = resource.endsWith(".class") ? resource + "data" : resource;
        for (String folder : folders) {
            JarEntry entry = jar().getJarEntry(folder + stored);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private byte[] bytes(JarEntry entry) throws IOException {
        try (InputStream in = jar().getInputStream(entry)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.max(entry.getSize(), 1024));
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] bytes = read(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public URL getResource(String name) {
        try {
            return entry(name) == null ? null : new URL(null, "poolshim:/" + name, new EntryHandler(name));
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

    /** Reads from the open jar; the JVM's own handler would open and cache a second one. */
    private final class EntryHandler extends URLStreamHandler {
        private final String resource;

        EntryHandler(String resource) {
            this.resource = resource;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return getResourceAsStream(resource);
                }
            };
        }
    }
}
