package io.poolshim.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Config} of what the sources say, or one list of all that is wrong. */
final class ConfigReader {
    private static final int MOST_TOLD = 10;
    private static final String POOL = "pool.";

    private final Sources sources;
    private final Texts texts;
    private final Collection<String> problems = new LinkedHashSet<>();
    private final ServerSettings serverSettings;

    ConfigReader(Sources sources, Texts texts) {
        this.sources = sources;
        this.texts = texts;
        this.serverSettings = new ServerSettings(texts, problems);
    }

    /**
     * All settings.
     *
     * @throws ConfigException with all that is not permitted
     */
    Config read() {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            Given given = setting == Settings.CONFIG ? ownName() : texts.find(setting.key());
            values.put(setting.key(), value(setting, setting.property(), given));
        }
        Map<String, Value> server = serverSettings.read(POOL + PoolNames.SESSION);
        Relations.check(values, texts, problems);
        Set<String> names = sectionNames();
        List<PoolSection> sections = new ArrayList<>();
        for (String name : names) {
            sections.add(section(name, values, server));
        }
        sections.sort(PoolSection.MOST_SPECIFIC_FIRST);
        UnknownNames unknown = new UnknownNames(texts, names);
        if (!problems.isEmpty()) {
            List<String> ignored = unknown.told(); // one of them may be what was meant
            throw new ConfigException(told() + (ignored.isEmpty() ? "" : ". Also: " + String.join("; ", ignored)));
        }
        return new Config(values, server, sections, unknown, texts.overridden(), sources);
    }

    /** The file cannot name another one. */
    private @Nullable Given ownName() {
        return new Texts(sources, new HashMap<>()).find(Settings.CONFIG.key());
    }

    private String told() {
        List<String> first = new ArrayList<>(problems);
        int more = first.size() - MOST_TOLD;
        if (more > 0) {
            first = first.subList(0, MOST_TOLD);
            first.add("There are " + more + " more");
        }
        return String.join(". ", first);
    }

    private Value value(Setting<?> setting, String name, @Nullable Given given) {
        if (given == null || given.isBlank()) {
            Source source = given == null ? Source.DEFAULT : given.source;
            String text = setting.defaultText();
            return new Value(name, text, source, text.isEmpty() ? null : setting.parse(text));
        }
        String text = (given.source == Source.ARGUMENT ? setting.inArgument(given.text) : given.text).trim();
        Object parsed = setting.parseOrNull(text);
        if (parsed == null) {
            problems.add(setting.refusal(name, text, " " + texts.describe(given.source)));
        }
        return new Value(name, text, given.source, parsed);
    }

    private Set<String> sectionNames() {
        Set<String> keys = new TreeSet<>(sources.arguments.keySet());
        sources.system.keySet().forEach(name -> keys.add(name.substring(Sources.PREFIX.length())));
        for (String name : texts.file.keySet()) {
            keys.add(name.startsWith(Sources.PREFIX) ? name.substring(Sources.PREFIX.length()) : "");
        }
        for (String variable : sources.environment.keySet()) {
            if (variable.matches("POOLSHIM_POOL_.+_URL") && !variable.endsWith("_WARM_URL")) {
                String name = variable.substring("POOLSHIM_POOL_".length(), variable.length() - "_URL".length());
                keys.add(POOL + name.toLowerCase(Locale.ROOT).replace('_', '-') + ".url");
            }
        }
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            String name = PoolNames.section(key);
            if (name != null && key.equals(POOL + name + ".url")) {
                names.add(name);
            }
        }
        return names;
    }

    private PoolSection section(String name, Map<String, Value> all, Map<String, Value> allServer) {
        String prefix = POOL + name + ".";
        if (PoolNames.isReserved(name)) {
            problems.add(Sources.PREFIX + prefix + "url: a section cannot be called " + name
                    + ", as settings of all pools begin so; choose another name");
        }
        Map<String, Value> values = new LinkedHashMap<>(all);
        for (Map.Entry<String, Setting<?>> row : PoolNames.ROWS.entrySet()) {
            Given given = texts.find(prefix + row.getKey());
            Setting<?> setting = row.getValue();
            if (given != null || !all.containsKey(setting.key())) {
                values.put(setting.key(), value(setting, Sources.PREFIX + prefix + row.getKey(), given));
            }
        }
        Map<String, Value> server = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        server.putAll(allServer);
        serverSettings.read(prefix + PoolNames.SESSION).forEach((setting, value) -> {
            server.remove(setting);
            server.put(setting, value);
        });
        Relations.check(values, texts, problems);
        Config view = new Config(values, server, new ArrayList<>(), null, new ArrayList<>(), sources);
        String glob = view.get(PoolRows.URL);
        if (glob == null) {
            problems.add(Sources.PREFIX + prefix + "url is empty; give a URL glob, jdbc:postgresql://db1/* say");
        }
        PoolSection section = new PoolSection(name, glob == null ? "" : glob, view.get(PoolRows.USER), view);
        checkWarming(section, Sources.PREFIX + prefix, view);
        return section;
    }

    private void checkWarming(PoolSection section, String prefix, Config view) {
        String url = view.get(PoolRows.WARM_URL);
        String user = view.get(PoolRows.WARM_USER);
        if (url == null && (user != null || view.get(PoolRows.WARM_PASSWORD) != null)) {
            problems.add(
                    prefix + "warm-user and warm-password are of no use without " + prefix + "warm-url; give that");
        }
        if (url != null && !section.matches(url, user)) {
            problems.add(prefix + "warm-url and warm-user are not what " + prefix
                    + "url and user ask for; give some that are");
        }
    }
}
