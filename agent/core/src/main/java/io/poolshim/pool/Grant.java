package io.poolshim.pool;

/** On what terms a connection was borrowed. */
public enum Grant {
    /** A place in the pool. */
    POOL,
    /** A place beyond the pool's size; when such places are no longer needed their connections are closed. */
    OVERFLOW,
    /** A connection of the application's own, counted in no limit; really closed when it is returned. */
    OWN
}
