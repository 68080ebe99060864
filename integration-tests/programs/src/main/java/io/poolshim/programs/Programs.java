package io.poolshim.programs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All programs, in the order in which they run. A name is a theme, a dot, and what is done. */
public final class Programs {
    /** By name. */
    public static final Map<String, TwinProgram> ALL = Collections.unmodifiableMap(all());

    private Programs() {}

    private static Map<String, TwinProgram> all() {
        Map<String, TwinProgram> all = new LinkedHashMap<>();
        connections(all);
        ownership(all);
        transactions(all);
        statements(all);
        driverFeatures(all);
        surroundings(all);
        Applications.addTo(all);
        Administration.addTo(all);
        Leaks.addTo(all); // the last ones: their connections are never given back
        return all;
    }

    private static void connections(Map<String, TwinProgram> all) {
        Casts.addTo(all);
        MoreCasts.addTo(all);
        Entrances.addTo(all);
        Refusals.addTo(all);
        Settings.addTo(all);
        Leftovers.addTo(all);
        DriverState.addTo(all);
        Sessions.addTo(all);
        FineDetails.addTo(all);
    }

    private static void ownership(Map<String, TwinProgram> all) {
        Borrows.addTo(all);
        AfterClose.addTo(all);
        Hazards.addTo(all);
        DoubleClose.addTo(all);
        CloseWhileBusy.addTo(all);
        KeptObjects.addTo(all);
        Sharing.addTo(all);
        Aborts.addTo(all);
        DeferredAborts.addTo(all);
        Cancels.addTo(all);
        NetworkTimeouts.addTo(all);
        Interrupts.addTo(all);
        InterruptedTasks.addTo(all);
    }

    private static void transactions(Map<String, TwinProgram> all) {
        Transactions.addTo(all);
        FirstStatements.addTo(all);
        SqlTransactions.addTo(all);
        Savepoints.addTo(all);
        Xa.addTo(all);
        Contention.addTo(all);
    }

    private static void statements(Map<String, TwinProgram> all) {
        Statements.addTo(all);
        Batches.addTo(all);
        GeneratedKeys.addTo(all);
        ArrayValues.addTo(all);
        Cursors.addTo(all);
        Errors.addTo(all);
        Functions.addTo(all);
        KeptPlans.addTo(all);
        Timing.addTo(all);
        Timeouts.addTo(all);
        TimeZones.addTo(all);
    }

    private static void driverFeatures(Map<String, TwinProgram> all) {
        Copies.addTo(all);
        CopyEnds.addTo(all);
        Notifications.addTo(all);
        LargeObjects.addTo(all);
        Descriptions.addTo(all);
        Metadata.addTo(all);
    }

    private static void surroundings(Map<String, TwinProgram> all) {
        Loaders.addTo(all);
        ContextLoaders.addTo(all);
        Jpms.addTo(all);
    }
}
