package io.poolshim.demo;

import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One run: a new database, the application, the users, and what they and the server saw. */
record Run(Options options, PostgresServer server, Database database, Path orderDeskJar, Path work) {
    private static final Duration BESIDE_THE_LOAD = Duration.ofMinutes(3);

    RunResult withFlags(List<String> flags, Optional<Path> report, Progress progress)
            throws IOException, SQLException, InterruptedException {
        database.createAnew(server);
        try (ConnectionWatch watch = ConnectionWatch.start(server, database)) {
            Duration atMost = options.measured().plus(BESIDE_THE_LOAD);
            OrderDeskProcess app =
                    OrderDeskProcess.start(Jdks.current(), orderDeskJar, server, database, work, flags, atMost);
            try {
                Tally tally = Load.run(options, app.address(), progress::second);
                ChildResult ended = app.shutDown();
                progress.done(tally);
                long sessions = database.sessionsOpened(server);
                Optional<AgentReport> read =
                        report.isPresent() ? Optional.of(AgentReport.read(report.get())) : Optional.empty();
                return new RunResult(tally, options.seconds(), sessions, watch.peak(), read, ended);
            } finally {
                app.kill();
            }
        }
    }
}
