package io.poolshim.admin;

/** The pool of a name, or all of them if there are several, as management tools see it. Counts are since it was made. */
public interface PoolMXBean {
    String getName();

    /** {@code pool}, {@code observe} or {@code off}. */
    String getMode();

    boolean isSuspended();

    /** Places without overflow. */
    int getMaxSize();

    /** Places beyond them. */
    int getOverflow();

    /** Places taken, overflow included. */
    int getUsed();

    int getIdle();

    /** Callers that wait. */
    int getPending();

    /** Connections that are open, idle and used. */
    int getOpen();

    /** The most that were. */
    int getPeak();

    long getBorrows();

    /** Borrows that found an idle connection. */
    long getReused();

    /** Connections that were opened. */
    long getOpened();

    /** Borrows from the overflow. */
    long getOverflowed();

    /** Borrowers that got a connection of their own, past the pool. */
    long getOwn();

    long getEvicted();

    long getTimedOut();

    /** Connections that became the application's own, because they were held for long. */
    long getLongHeld();

    /** Connections that were dropped without close(). */
    long getReclaimed();

    /** Sessions that were reset. */
    long getResetsDone();

    /** Sessions that needed none. */
    long getResetsSkipped();

    /** Sessions that none would have made as new. */
    long getResetsEvicted();

    /** What the logins would have taken that were not needed, at least, in milliseconds. */
    long getSavedMillis();

    /** Waits of borrows, opening a connection included, in microseconds. */
    double getWaitMicrosP50();

    double getWaitMicrosP99();

    double getWaitMicrosMax();

    /** Makes borrowers wait, but for threads that hold a connection. */
    void suspend();

    void resume();

    /** Closes idle connections now, and borrowed ones when they are returned. */
    void evict();

    void resize(int maxSize);

    /** {@code pool}, {@code observe} or {@code off}. */
    void changeMode(String mode);
}
