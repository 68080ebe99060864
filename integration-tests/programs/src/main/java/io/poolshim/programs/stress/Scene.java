package io.poolshim.programs.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What all threads of a run share. */
final class Scene {
    final Options options = new Options();
    final Tally tally = new Tally();
    final Findings findings = new Findings(tally);
    final Sessions sessions = new Sessions();
    final StaleHandles stale = new StaleHandles(tally, findings);
    final Forgotten forgotten = new Forgotten(this);
    final Companions companions = new Companions();
    final List<Target> targets = new ArrayList<>();

    /** Those that this run plays, by name. */
    final List<String> actNames = new ArrayList<>();

    final List<String> returnNames = new ArrayList<>();
    private final Map<String, Act> acts = new LinkedHashMap<>();
    private final Map<String, Act> returns = new LinkedHashMap<>();

    /** What {@link Fresh} sends. */
    volatile String freshSql;

    private final AtomicInteger dropsLeft = new AtomicInteger(options.drops);
    private volatile boolean over;

    Scene() {
        SettingActs.into(acts);
        TransactionActs.into(acts);
        ObjectActs.into(acts);
        DriverActs.into(acts);
        ReadActs.into(acts);
        CompanyActs.into(acts);
        Returns.into(returns);
        acts.keySet().stream().filter(options::wantsAct).forEach(actNames::add);
        returns.keySet().stream().filter(options::wantsReturn).forEach(returnNames::add);
    }

    Act act(String name) {
        return acts.get(name);
    }

    Act way(String name) {
        return returns.get(name);
    }

    /** Whether one more connection may be forgotten. */
    boolean mayDrop() {
        return dropsLeft.get() > 0 && dropsLeft.getAndDecrement() > 0;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over || findings.areEnough();
    }
}
