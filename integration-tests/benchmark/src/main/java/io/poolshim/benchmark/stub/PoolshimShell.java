package io.poolshim.benchmark.stub;

/**
 * What shells of this driver have besides its own methods. The agent defines this class and its neighbours of the same
 * prefix, as it does with those for pgjdbc; see the test profile {@code stub.properties}.
 */
interface PoolshimShell {
    PoolshimLoan poolshim$loan();

    void poolshim$init(PoolshimLoan loan);
}
