package io.poolshim.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Settings of the server for each session, {@code pool.session.…} and {@code pool.NAME.session.…}. */
final class ServerSettings {
    private final Texts texts;
    private final Collection<String> problems;

    ServerSettings(Texts texts, Collection<String> problems) {
        this.texts = texts;
        this.problems = problems;
    }

    /** Those whose keys begin like this, by the server's names; the case of these does not matter. */
    Map<String, Value> read(String prefix) {
        Map<String, Value> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        // the later ones win
        texts.sources.arguments.forEach(adder(found, prefix, Source.ARGUMENT));
        texts.file.forEach(adder(found, Sources.PREFIX + prefix, Source.FILE));
        String variables = Texts.environmentName(prefix);
        texts.sources.environment.forEach((name, text) -> {
            if (name.startsWith(variables)) {
                adder(found, prefix, Source.ENVIRONMENT)
                        .accept(prefix + name.substring(variables.length()).toLowerCase(Locale.ROOT), text);
            }
        });
        texts.sources.system.forEach(adder(found, Sources.PREFIX + prefix, Source.SYSTEM_PROPERTY));
        return found;
    }

    private BiConsumer<String, String> adder(Map<String, Value> found, String prefix, Source source) {
        return (name, text) -> {
            String setting = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
            if (PoolNames.isNameOfServerSetting(setting)) {
                String full = name.startsWith(Sources.PREFIX) ? name : Sources.PREFIX + name;
                found.remove(setting); // with its spelling
                found.put(setting, value(full, text.trim(), source));
            }
        };
    }

    private Value value(String name, String text, Source source) {
        if (!Secrets.inOneLine(text).equals(text)) {
            problems.add(name + " " + texts.describe(source)
                    + " is not permitted; give a value of one line and at most 200 characters");
        }
        return new Value(name, text, source, text);
    }
}
