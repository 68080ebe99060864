package io.poolshim.advice;

import io.poolshim.log.JsonWriter;
import io.poolshim.observe.DriverNames;
import io.poolshim.observe.SiteUse;
import io.poolshim.pool.WaitHistogram;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The advice as JSON; times in milliseconds. */
final class AdviceJson {
    private final List<PoolAdvice> pools;
    private final SettingLines settings;
    private final DriverNames names;

    AdviceJson(List<PoolAdvice> pools, SettingLines settings, DriverNames names) {
        this.pools = pools;
        this.settings = settings;
        this.names = names;
    }

    void appendTo(JsonWriter json) {
        json.object().name("pools").array();
        for (PoolAdvice pool : pools) {
            append(json, pool);
        }
        json.endArray();
        texts(json.name("settings"), settings.lines());
        texts(json.name("optional"), settings.optional());
        texts(json.name("settingsOfFile"), settings.ofFile());
        json.name("moreDriverNames").value(names.more());
        json.name("driverNames").array();
        names.all().forEach((type, named) -> append(json, type, named));
        json.endArray();
        json.endObject();
    }

    private static void append(JsonWriter json, String type, Map<String, Set<String>> named) {
        json.object().name("class").value(type).name("names").object();
        named.forEach((drivers, methods) -> texts(json.name(drivers), methods));
        json.endObject().endObject();
    }

    private static void append(JsonWriter json, PoolAdvice advice) {
        PoolFacts facts = advice.facts;
        json.object().name("name").value(facts.name).name("user").value(facts.user);
        json.name("target").value(facts.target);
        json.name("observed").value(facts.observed);
        json.name("worth").value(advice.worth.name().toLowerCase(Locale.ROOT));
        json.name("why").value(advice.why);
        json.name("maxSize").value(advice.maxSize).name("overflow").value(advice.overflow);
        decimal(json, "reuse", advice.reuse);
        decimal(json, "loginsSavedPerSecond", advice.savedPerSecond());
        decimal(json, "millisSavedPerBorrow", advice.savedMicrosPerBorrow() / 1e3);
        decimal(json, "seconds", facts.seconds);
        json.name("borrows").value(facts.borrows).name("opened").value(facts.opened);
        decimal(json, "perSecond", facts.perSecond());
        json.name("busiestSecond").value(facts.busiestSecond);
        times(json.name("loginMillis"), facts.opening);
        times(json.name("heldMillis"), facts.holding);
        decimal(json, "loginShare", facts.openingShare());
        decimal(json, "statementShare", facts.statementShare());
        json.name("overlap").object();
        json.name("most").value(facts.mostAtOnce).name("p50").value(facts.halfNeed);
        json.name("p99").value(facts.needOf99).name("p999").value(facts.needOf999);
        decimal(json, "mean", facts.meanAtOnce);
        json.endObject();
        counts(json, facts);
        texts(json.name("warnings"), new Remarks(facts).warnings());
        texts(json.name("changes"), new Remarks(facts).changes());
        json.name("places").array();
        for (SiteUse site : facts.sites) {
            append(json, site);
        }
        json.endArray().endObject();
    }

    private static void counts(JsonWriter json, PoolFacts facts) {
        json.name("nested").value(facts.nested).name("neverClosed").value(facts.dropped);
        json.name("heldNow").value(facts.heldNow).name("openAtClose").value(facts.openAtClose);
        json.name("clean").value(facts.clean).name("spoiled").value(facts.spoiled);
        json.name("refused").value(facts.refused).name("refusedForRoom").value(facts.full);
        json.name("unseen").value(facts.unseen).name("reused").value(facts.reused);
        json.name("waited").value(facts.waited).name("timedOut").value(facts.timedOut);
    }

    private static void append(JsonWriter json, SiteUse site) {
        json.object().name("place").value(site.name());
        json.name("borrows").value(site.loans.sum()).name("nested").value(site.nested.sum());
        json.name("neverClosed").value(site.dropped.sum()).name("openAtClose").value(site.open.sum());
        json.name("clean").value(site.clean.sum()).name("spoiled").value(site.spoiled.sum());
        decimal(json, "heldMillis", site.heldNanos.sum() / 1e6);
        decimal(json, "longestMillis", site.longestNanos.get() / 1e6);
        json.name("statements").value(site.statements.sum());
        decimal(json, "statementMillis", site.statementNanos.sum() / 1e6);
        json.name("leaves").object();
        site.habits()
                .forEach((habit, count) ->
                        json.name(habit.name().toLowerCase(Locale.ROOT)).value(count));
        json.endObject().name("apis").object();
        site.apis().forEach((api, count) -> json.name(api).value(count));
        json.endObject().endObject();
    }

    private static void times(JsonWriter json, WaitHistogram times) {
        json.object();
        decimal(json, "p50", times.percentile(0.5) / 1e3);
        decimal(json, "p99", times.percentile(0.99) / 1e3);
        decimal(json, "max", times.max() / 1e3);
        json.endObject();
    }

    private static void texts(JsonWriter json, Iterable<String> texts) {
        json.array();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    private static void decimal(JsonWriter json, String name, double value) {
        json.name(name).thousandths(Math.round(Math.max(value, 0) * 1000));
    }
}
