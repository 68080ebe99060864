package io.poolshim.benchmark.stub;

/** Where statements of a connection would go. */
public interface StubExecutor {
    void run(String sql);
}
