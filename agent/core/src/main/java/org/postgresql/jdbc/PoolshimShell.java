package org.postgresql.jdbc;

/**
 * What the generated connection class has besides the driver's own methods.
 *
 * <p>The classes of this folder are not loaded where they lie: the agent defines them in the driver's own loader and
 * package. They may name nothing but {@code java.*} and the driver, because that is all a driver's loader is sure to
 * see under OSGi and JBoss Modules; what the agent does is reached through {@code java.util.function} types.
 */
interface PoolshimShell {
    /** The loan this shell stands for. */
    PoolshimLoan poolshim$loan();

    /** Called once, by the agent, on a shell that was allocated without a constructor. */
    void poolshim$init(PoolshimLoan loan);
}
