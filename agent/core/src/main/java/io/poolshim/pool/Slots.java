package io.poolshim.pool;

/** How threads that borrow at the same time are kept apart: each has a slot of its own, as far as there are enough. */
final class Slots {
    static final int COUNT = 16; // a power of two

    private Slots() {}

    /** Where this thread looks first: connections tend to stay with their threads, and threads out of each other's way. */
    static int ofThisThread() {
        return (int) Thread.currentThread().getId() & COUNT - 1;
    }
}
