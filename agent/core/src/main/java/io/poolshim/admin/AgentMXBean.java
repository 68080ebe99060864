package io.poolshim.admin;

import java.util.List;
import java.util.Map;

/** The agent as management tools see it. Operations take the name of a pool, or {@code *} for all, and say how many. */
public interface AgentMXBean {
    /** Of all pools of which nothing else was said. */
    String getMode();

    /** The names of all pools there are or were. */
    List<String> getPools();

    /** Calls that were left as they are, by reason. */
    Map<String, Long> getPassedThrough();

    /** Errors of the agent that the application did not notice. */
    long getSwallowed();

    /** The statistics as JSON, as {@code poolshim.report} has them. */
    String report();

    int suspend(String pool);

    int resume(String pool);

    int evict(String pool);

    int resize(String pool, int maxSize);

    int changeMode(String pool, String mode);
}
