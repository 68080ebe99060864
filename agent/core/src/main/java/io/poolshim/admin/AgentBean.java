package io.poolshim.admin;

import io.poolshim.log.Log;
import io.poolshim.redirect.PassThrough;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The agent as an MBean. */
final class AgentBean implements AgentMXBean {
    private final Control control;
    private final PassThrough passed;
    private final Supplier<String> report;

    AgentBean(Control control, PassThrough passed, Supplier<String> report) {
        this.control = control;
        this.passed = passed;
        this.report = report;
    }

    @Override
    public String getMode() {
        return control.mode();
    }

    @Override
    public List<String> getPools() {
        return new ArrayList<>(control.pools());
    }

    @Override
    public Map<String, Long> getPassedThrough() {
        return passed.counts();
    }

    @Override
    public long getSwallowed() {
        return Log.swallowedCount();
    }

    @Override
    public String report() {
        return report.get();
    }

    @Override
    public int suspend(String pool) {
        return control.suspend(pool);
    }

    @Override
    public int resume(String pool) {
        return control.resume(pool);
    }

    @Override
    public int evict(String pool) {
        return control.evict(pool);
    }

    @Override
    public int resize(String pool, int maxSize) {
        return control.resize(pool, maxSize);
    }

    @Override
    public int changeMode(String pool, String mode) {
        return control.mode(pool, mode);
    }
}
