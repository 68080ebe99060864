package io.poolshim.journal;

/** Where lines go; one thread writes. */
interface Sink {
    /** Writes so many bytes, whole lines; false if that failed, and then none of them is there. Never throws. */
    boolean write(byte[] bytes, int length);
}
