package io.poolshim.pool;

/**
 * Keeps the fields of what extends it away from the object before it in memory; its subclasses put as much behind them.
 * What one thread writes at every borrow would otherwise share a cache line with what all threads read, whenever the
 * garbage collector puts the two side by side, and a borrow would take twice its time.
 */
@SuppressWarnings({"unused", "UnusedVariable"}) // these only take room: two lines, since some processors fetch pairs
abstract class Apart {
    private int gapAfterTheHeader;
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
}
