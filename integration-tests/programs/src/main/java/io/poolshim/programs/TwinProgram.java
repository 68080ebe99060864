package io.poolshim.programs;

/** A small legacy program that prints the same, to the letter, however often it runs against a fresh database. */
public interface TwinProgram {
    void run(Env env) throws Exception;
}
