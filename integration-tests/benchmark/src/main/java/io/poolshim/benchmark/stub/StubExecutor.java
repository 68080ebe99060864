package io.poolshim.benchmark.stub;

/** Where statements of a connection go. */
public interface StubExecutor {
    /** With arguments in the places of pgjdbc's; only the text means anything. */
    void execute(String sql, Object parameters, Object handler, int maxRows, int fetchSize, int flags);
}
