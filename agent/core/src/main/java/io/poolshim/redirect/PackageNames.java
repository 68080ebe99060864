package io.poolshim.redirect;

import io.poolshim.config.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** A list of packages that comes with the agent; those below them belong to it, too. */
final class PackageNames {
    private PackageNames() {}

    static Set<String> read(String resource) {
        Set<String> names = new HashSet<>();
        try (InputStream in = PackageNames.class.getResourceAsStream(resource)) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    names.add(line.trim());
                }
            }
        } catch (IOException | NullPointerException e) {
            throw new ConfigException("a list is missing from the agent's jar: " + resource);
        }
        return Collections.unmodifiableSet(names);
    }

    /** Whether one of the packages is the class's, or one above it. */
    static boolean contain(Set<String> packages, String className) {
        for (int end = className.lastIndexOf('.'); end > 0; end = className.lastIndexOf('.', end - 1)) {
            if (packages.contains(className.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
