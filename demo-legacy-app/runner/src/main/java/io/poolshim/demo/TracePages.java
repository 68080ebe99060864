package io.poolshim.demo;

import io.poolshim.testbed.ReceivedSpan;
import io.poolshim.testbed.TraceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What {@code --ui} does: the run with the agent alone, and then its traces in Zipkin, for as long as the user likes. */
final class TracePages {
    private final Zipkin zipkin;

    private TracePages(Zipkin zipkin) {
        this.zipkin = zipkin;
    }

    /** Whether the run was clean. */
    static boolean show(Run run, Path agentJar, Path zipkinJar) throws IOException, SQLException, InterruptedException {
        System.out.println("starting Zipkin");
        try (Zipkin zipkin = Zipkin.start(zipkinJar, Zipkin.PORT)) {
            RunWithAgent with = RunWithAgent.of(run, agentJar, zipkin::send);
            with.printLog();
            TracePages pages = new TracePages(zipkin);
            pages.print(TraceChoice.aSlowOrder(with.spans(), run.options().warmUp()));
            pages.stay();
            return with.result().isClean();
        }
    }

    private void print(Optional<List<ReceivedSpan>> slow) {
        if (slow.isPresent()) {
            String trace = slow.get().get(0).traceId();
            System.out.println("Of the orders with the most statements, the one that waited longest for a connection:");
            System.out.print(TraceTree.render(slow.get()));
            System.out.println();
            System.out.println("This trace: " + zipkin.page(trace));
        }
        System.out.println("All traces: " + zipkin.search());
    }

    /** Until Enter is pressed, or the process is told to end; without a keyboard only the latter. */
    private void stay() throws IOException, InterruptedException {
        System.out.println();
        System.out.println("Zipkin stays until you press Enter (or Ctrl-C).");
        System.out.flush();
        if (System.in.read() < 0) {
            new CountDownLatch(1).await();
        }
    }
}
