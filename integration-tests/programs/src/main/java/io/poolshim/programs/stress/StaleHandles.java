package io.poolshim.programs.stress;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyOperation;

/** What borrowers have kept of connections that are closed; all threads use it, and must be refused. */
final class StaleHandles {
    private static final int SIZE = 128;
    private static final Set<String> REFUSALS =
            new HashSet<>(Arrays.asList("08003", "08006", "55000", "24000", "57P01"));

    private final AtomicReferenceArray<Handle> handles = new AtomicReferenceArray<>(SIZE);
    private final AtomicInteger next = new AtomicInteger();
    private final List<StaleUse> uses = StaleUses.all();
    private final Tally tally;
    private final Findings findings;

    StaleHandles(Tally tally, Findings findings) {
        this.tally = tally;
        this.findings = findings;
    }

    private static final class Handle {
        final Object object;
        final Loan loan;

        Handle(Object object, Loan loan) {
            this.object = object;
            this.loan = loan;
        }
    }

    /**
     * Its connection is closed; from now on others use it. If a COPY was open, the driver lets results and the like wait
     * for its end for ever, unpooled as well.
     */
    void keep(Loan loan) {
        put(new Handle(loan.connection, loan));
        for (Object kept : loan.keepsakes) {
            if (!loan.copying || kept instanceof CopyOperation) {
                put(new Handle(kept, loan));
            }
        }
    }

    private void put(Handle handle) {
        handles.set((next.getAndIncrement() & Integer.MAX_VALUE) % SIZE, handle);
    }

    /** One use of one handle. */
    void use(History history, int slot, int n) {
        Handle handle = handles.get(slot % SIZE);
        if (handle != null) {
            List<StaleUse> fitting =
                    uses.stream().filter(use -> use.fits(handle.object)).collect(Collectors.toList());
            if (!fitting.isEmpty()) {
                use(history, handle, fitting.get(n % fitting.size()), n);
            }
        }
    }

    /** The driver's objects are not made for two threads at once. */
    private void use(History history, Handle handle, StaleUse use, int n) {
        findings.recent.add(Thread.currentThread().getName() + " stale " + use.name + " of " + handle.loan);
        synchronized (handle.loan) {
            try {
                String success = use.on(handle.object, n);
                if (success == null) {
                    tally.count("stale quiet " + use.name);
                } else {
                    findings.violation("stale " + use.name, history, success + " with a handle of " + handle.loan);
                }
            } catch (SQLException e) {
                refused(history, handle, use, e);
            } catch (Exception e) {
                findings.unexpected("stale " + use.name + " of " + handle.loan, history, e);
            }
        }
    }

    private void refused(History history, Handle handle, StaleUse use, SQLException e) {
        if (REFUSALS.contains(Expected.state(e))) {
            tally.count("stale refused " + use.name);
        } else {
            findings.unexpected("stale " + use.name + " of " + handle.loan, history, e);
        }
    }
}
