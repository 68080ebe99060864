package io.poolshim.start;

import io.poolshim.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Whether this JVM has the modules that the agent needs; a modular application or a jlink image may lack some. */
final class Platform {
    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("java.lang.management.ManagementFactory", "java.management");
        NEEDED.put("javax.naming.NamingException", "java.naming");
        NEEDED.put("sun.misc.Unsafe", "jdk.unsupported");
    }

    private Platform() {}

    static void check() {
        StringJoiner missing = new StringJoiner(",");
        for (Map.Entry<String, String> needed : NEEDED.entrySet()) {
            try {
                Class.forName(needed.getKey(), false, Platform.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                missing.add(needed.getValue());
            }
        }
        if (missing.length() > 0) {
            throw new ConfigException("this JVM runs without modules the agent needs; start it with --add-modules "
                    + missing + " (an image made by jlink must be made with them)");
        }
    }
}
