package io.poolshim.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Names that look like settings and are none, each with what may have been meant. */
final class UnknownNames {
    private static final int MOST_TOLD = 20;
    private static final String OWN_TESTS = "it.";
    private static final String POOL_VARIABLE = "POOLSHIM_POOL_";

    private final Map<String, String> told = new LinkedHashMap<>();
    private final Set<String> sections;
    private final Set<String> keys = new TreeSet<>();
    private final Set<String> variables = new TreeSet<>();

    UnknownNames(Texts texts, Set<String> sections) {
        this.sections = sections;
        for (Setting<?> setting : Settings.ALL) {
            if (!setting.key().startsWith(OWN_TESTS)) {
                know(setting.key());
            }
        }
        for (String section : sections) {
            PoolNames.ROWS.keySet().forEach(suffix -> know("pool." + section + "." + suffix));
        }
        Set<String> asked = new TreeSet<>(texts.sources.system.keySet());
        texts.sources.arguments.keySet().forEach(key -> asked.add(Sources.PREFIX + key));
        asked.forEach(this::look);
        new TreeSet<>(texts.sources.environment.keySet()).forEach(this::lookAtVariable);
        lookAtFile(new TreeSet<>(texts.file.keySet()));
    }

    private void know(String key) {
        keys.add(key);
        variables.add(Texts.environmentName(key));
    }

    List<String> names() {
        return new ArrayList<>(told.keySet());
    }

    List<String> told() {
        List<String> lines = new ArrayList<>(told.values());
        int more = lines.size() - MOST_TOLD;
        if (more > 0) {
            lines = new ArrayList<>(lines.subList(0, MOST_TOLD));
            lines.add(more + " more unknown settings are ignored");
        }
        return lines;
    }

    List<String> toldOf(Collection<String> names) {
        List<String> lines = new ArrayList<>();
        for (String key : new TreeSet<>(names)) {
            String line = told.get(Secrets.inOneLine(Sources.PREFIX + key));
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private void look(String name) {
        String key = name.substring(Sources.PREFIX.length());
        String section = PoolNames.section(key);
        boolean isSuffix = PoolNames.suffix(key) != null;
        boolean known = Settings.of(key) != null
                || PoolNames.isServerSetting(key)
                || isSuffix && section != null && sections.contains(section);
        if (!known) {
            String nearest = nearest(key);
            String why = isSuffix ? "; no poolshim.pool." + section + ".url says which pools it is for" : "";
            String permitted = section == null ? PoolNames.permitted(key) : null;
            if (permitted != null) {
                nearest = permitted;
                why = "; names of pools have only a-z, 0-9 and -";
            }
            tell(name, nearest == null ? null : Sources.PREFIX + nearest, why);
        }
    }

    /** Of what some pools cannot have for themselves, that of all pools. */
    private @Nullable String nearest(String key) {
        int session = key.indexOf(PoolNames.SESSION);
        String ofAll = session < 0 ? "" : key.substring(session);
        if (Settings.of(ofAll) != null) {
            return ofAll;
        }
        return keys.contains("pool." + key) ? "pool." + key : Nearest.of(key, keys);
    }

    private void lookAtVariable(String name) {
        boolean known = variables.contains(name)
                || name.startsWith("POOLSHIM_IT_")
                || name.startsWith(POOL_VARIABLE + "SESSION_")
                || sections.stream().anyMatch(section -> name.startsWith(variable(section)));
        if (!known) {
            String nearest = nearestVariable(name);
            if (nearest != null || name.startsWith(POOL_VARIABLE)) { // others may be anybody's
                tell(name, nearest, "");
            }
        }
    }

    /** By what follows the prefix: {@code POOLSHIM_HOME} is not meant to be {@code POOLSHIM_MODE}. */
    private @Nullable String nearestVariable(String name) {
        String rest = name.substring(Sources.ENVIRONMENT_PREFIX.length());
        if (variables.contains(POOL_VARIABLE + rest)) {
            return POOL_VARIABLE + rest;
        }
        List<String> rests = new ArrayList<>();
        variables.forEach(known -> rests.add(known.substring(Sources.ENVIRONMENT_PREFIX.length())));
        String nearest = Nearest.of(rest, rests);
        return nearest == null ? null : Sources.ENVIRONMENT_PREFIX + nearest;
    }

    private static String variable(String section) {
        return Texts.environmentName("pool." + section + "." + PoolNames.SESSION);
    }

    /** What is in the file by mistake may be anything, a key of a certificate too, and is not shown. */
    private void lookAtFile(Collection<String> names) {
        int others = 0;
        for (String name : names) {
            if (name.equals(Settings.CONFIG.property())) {
                told.put(name, name + " in the settings file is ignored: a file cannot name another one");
            } else if (name.startsWith(Sources.PREFIX)) {
                look(name);
            } else {
                String nearest = Nearest.of(name, keys);
                if (nearest == null) {
                    others++;
                } else {
                    tell(name, Sources.PREFIX + nearest, "");
                }
            }
        }
        if (others > 0) {
            told.put("", others + " names in the settings file are ignored: they do not begin with " + Sources.PREFIX);
        }
    }

    private void tell(String name, @Nullable String nearest, String why) {
        String shown = Secrets.inOneLine(name);
        boolean isVariable = name.equals(name.toUpperCase(Locale.ROOT));
        told.put(
                shown,
                "unknown " + (isVariable ? "variable " : "setting ") + shown + " is ignored" + why
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }
}
