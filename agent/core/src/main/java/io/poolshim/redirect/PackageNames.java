package io.poolshim.redirect;

import io.poolshim.config.ConfigException;
import io.poolshim.config.Resources;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** A list of packages that comes with the agent; those below them belong to it, too. */
final class PackageNames {
    private PackageNames() {}

    static Set<String> read(String resource) {
        try {
            return Collections.unmodifiableSet(new HashSet<>(Resources.lines(PackageNames.class, resource)));
        } catch (IOException e) {
            throw new ConfigException("a list is missing from the agent's jar: " + resource);
        }
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
