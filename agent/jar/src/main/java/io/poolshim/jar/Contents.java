package io.poolshim.jar;

import java.util.List;

/** Which entries of a library go into the agent's jar. */
final class Contents {
    /** Of ByteBuddy the agent uses the class-file library inside it; the rest, over 4 MB, would never be loaded. */
    private static final String BYTE_BUDDY = "net/bytebuddy/";

    private static final String BYTE_BUDDY_ASM = "net/bytebuddy/jar/asm/";

    private static final List<String> NEVER = List.of(
            "com/zaxxer/hikari/hibernate/",
            "com/zaxxer/hikari/metrics/dropwizard/",
            "com/zaxxer/hikari/metrics/micrometer/",
            "com/zaxxer/hikari/metrics/prometheus/");

    private Contents() {}

    static boolean isShipped(String name) {
        if (name.endsWith("/") || name.endsWith("module-info.class") || isMetadata(name)) {
            return false;
        }
        if (name.startsWith(BYTE_BUDDY)) {
            return name.startsWith(BYTE_BUDDY_ASM);
        }
        return NEVER.stream().noneMatch(name::startsWith);
    }

    /** Also META-INF/versions: every library's base classes are the ones for Java 8. */
    private static boolean isMetadata(String name) {
        return name.startsWith("META-INF/") && !name.startsWith("META-INF/services/")
                || name.endsWith(".kotlin_builtins")
                || name.endsWith(".kotlin_module");
    }
}
