package io.poolshim.programs.stress;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Who uses which session of the server, and what the administrator has done to it. */
final class Sessions {
    /** For so long a cancel may be on its way. */
    private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Map<String, Loan> owners = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<Integer> spared = ConcurrentHashMap.newKeySet();
    private final Set<Integer> killed = ConcurrentHashMap.newKeySet();
    private volatile long lastStrike;
    private final Map<Integer, Long> cancelled = new ConcurrentHashMap<>();

    /** Whoever else uses this loan's session; null if nobody does. */
    Loan claim(Loan loan) {
        return owners.putIfAbsent(loan.session, loan);
    }

    /** To be called before the connection is closed: from then on the session may be another's. */
    void release(Loan loan) {
        if (loan.session != null) {
            owners.remove(loan.session, loan);
        }
    }

    /** The loan as it stands here from now on, so that nothing here keeps the connection from being collected. */
    Loan withoutConnection(Loan loan) {
        Loan ghost = loan.withoutConnection();
        if (ghost.session != null) {
            owners.replace(ghost.session, loan, ghost);
        }
        return ghost;
    }

    /** Whether somebody has used it before. */
    boolean isReused(Loan loan) {
        return !seen.add(loan.session);
    }

    /** The administrator leaves this one alone. */
    void spare(int pid) {
        spared.add(pid);
    }

    boolean isSpared(int pid) {
        return spared.contains(pid);
    }

    void killing(int pid) {
        lastStrike = System.nanoTime();
        killed.add(pid);
    }

    /** Whether somebody who logs in may have been hit. */
    boolean wasAnybodyHit() {
        return lastStrike != 0 && System.nanoTime() - lastStrike < CANCEL_NANOS;
    }

    boolean wasKilled(int pid) {
        return killed.contains(pid);
    }

    /** To be called before and after the server is told. */
    void cancelling(int pid) {
        lastStrike = System.nanoTime();
        cancelled.put(pid, System.nanoTime());
    }

    boolean wasCancelledDuring(Loan loan) {
        Long when = cancelled.get(loan.pid());
        return when != null && when - loan.since > -CANCEL_NANOS;
    }
}
