package io.poolshim.session;

import io.poolshim.config.ConfigException;
import io.poolshim.jdbc.ConnectRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A driver of the agent's own tests and benchmarks: its profile is a file beside the driver on the application's class
 * path, and so are the classes for the driver's package.
 */
public final class TestProfile implements ShellProfile {
    private final Properties data = new Properties();

    /**
     * Reads a profile.
     *
     * @param resource its name on the class path
     * @throws ConfigException if it cannot be read
     */
    public TestProfile(String resource) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
            data.load(in);
        } catch (IOException | NullPointerException e) {
            throw new ConfigException("there is no profile " + resource + " on the class path");
        }
    }

    private Set<String> names(String key) {
        return Collections.unmodifiableSet(new HashSet<>(list(key)));
    }

    private List<String> list(String key) {
        String value = data.getProperty(key, "");
        return value.isEmpty() ? Collections.<String>emptyList() : Arrays.asList(value.split(","));
    }

    @Override
    public String driverClass() {
        return data.getProperty("driverClass");
    }

    @Override
    public String system() {
        return data.getProperty("system");
    }

    @Override
    public long longerLookAfter() {
        return 100;
    }

    @Override
    public Map<String, String> openingProperties(ConnectRequest request, Class<?> connectionClass) {
        return Collections.emptyMap();
    }

    @Override
    public String urlPrefix() {
        return data.getProperty("urlPrefix");
    }

    @Override
    public String connectionClass() {
        return data.getProperty("connectionClass");
    }

    @Override
    public String packageName() {
        return data.getProperty("packageName");
    }

    @Override
    public List<String> helperClasses() {
        return list("helperClasses");
    }

    @Override
    public InputStream helperClassFile(String path) {
        return ClassLoader.getSystemResourceAsStream(path);
    }

    @Override
    public Set<String> shellFields() {
        return names("shellFields");
    }

    @Override
    public Set<String> taintingMethods() {
        return names("taintingMethods");
    }

    @Override
    public Set<String> statementMethods() {
        return names("statementMethods");
    }

    @Override
    public Set<String> factMethods() {
        return names("factMethods");
    }

    @Override
    public String executorInterface() {
        return data.getProperty("executorInterface");
    }

    @Override
    public String senderClass() {
        return data.getProperty("senderClass", "");
    }

    @Override
    public String rootPackage() {
        return data.getProperty("rootPackage");
    }

    @Override
    public Set<String> statementFactories() {
        return names("statementFactories");
    }

    @Override
    public Set<String> exposedFields() {
        return names("exposedFields");
    }

    @Override
    public Set<String> sendingMethods() {
        return names("sendingMethods");
    }

    @Override
    public Set<String> executorTaintingMethods() {
        return names("executorTaintingMethods");
    }
}
