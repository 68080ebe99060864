package io.poolshim.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent's arguments, {@code key=value,…}: after {@code -javaagent:poolshim.jar=}. */
final class AgentArguments {
    private AgentArguments() {}

    /**
     * The texts by their keys.
     *
     * @throws ConfigException if an argument has no value
     */
    static Map<String, String> parse(@Nullable String arguments) {
        Map<String, String> given = new HashMap<>();
        if (arguments == null || arguments.trim().isEmpty()) {
            return given;
        }
        String before = "";
        for (String argument : arguments.split(",")) {
            int equals = argument.indexOf('=');
            String key =
                    equals < 0 ? argument.trim() : argument.substring(0, equals).trim();
            if (Secrets.isSecret(before) && !isKnown(key)) { // perhaps it is the rest of that secret
                throw new ConfigException("what follows the agent argument " + Secrets.inOneLine(before)
                        + " is no setting; a value with a comma in it is to be given in another way");
            }
            if (equals <= 0) {
                throw new ConfigException(
                        "agent argument '" + Secrets.shown("", argument) + "' has no value; write key=value,…");
            }
            key = key.startsWith(Sources.PREFIX) ? key.substring(Sources.PREFIX.length()) : key;
            given.put(key, argument.substring(equals + 1));
            before = key;
        }
        return given;
    }

    private static boolean isKnown(String key) {
        return Settings.of(key) != null || PoolNames.suffix(key) != null;
    }
}
