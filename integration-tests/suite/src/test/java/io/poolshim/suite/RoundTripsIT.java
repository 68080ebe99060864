package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.RoundTrips;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.WireTap;
import io.poolshim.testbed.WireTap.Counts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent adds for each borrow once warm, compared with a connection held for ever: statements, no round trips. */
class RoundTripsIT {
    private static final Path WORK = Lab.workFolder("round-trips");
    private static final String DATABASE = "round_trips";
    private static final int TIMES = 40;

    /** A borrow that comes late, on a busy machine, finds the reset sent by itself. */
    private static final int LATE = TIMES / 2;

    @BeforeAll
    static void tables() throws Exception {
        String url = Lab.server().url(Lab.freshDatabase(DATABASE));
        try (Connection connection = DriverManager.getConnection(url, Lab.USER, Lab.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id int PRIMARY KEY, name text)");
            statement.execute("CREATE TABLE plain (n int)");
            statement.execute("CREATE TABLE numbered (id serial PRIMARY KEY, n int)");
            statement.execute("CREATE TABLE watched (n int)");
            statement.execute("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN INSERT INTO plain VALUES (NEW.n); RETURN NEW; END $$");
            statement.execute("CREATE TRIGGER watch BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION note()");
        }
    }

    private static Counts counts(String task, boolean held, String reset) throws Exception {
        try (WireTap tap = new WireTap(Lab.server().port())) {
            ChildJvm child = Lab.child(Jdks.current(), DATABASE, RoundTrips.class)
                    .property(
                            "app.url",
                            "jdbc:postgresql://localhost:" + tap.port() + "/" + DATABASE + "?sslmode=disable")
                    .property("app.task", task)
                    .property("app.held", held);
            if (held) {
                child.run().mustSucceed();
            } else {
                Path report = WORK.resolve(task + ".json");
                child = AgentRun.equip(child, report)
                        .property("poolshim.session.reset", reset)
                        .property("poolshim.session.catalogue-age", "1h"); // its round trips are others
                AgentRun.of(child, report).mustBeClean().mustHavePooled();
            }
            List<Counts> marks = tap.marks();
            assertEquals(2, marks.size(), marks::toString);
            return marks.get(1).minus(marks.get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auto, lookup, 1",
        "auto, transaction, 4",
        "auto, serial, 1",
        "auto, trigger, 1",
        "proven, lookup, 0",
        "proven, transaction, 0",
        "proven, serial, 1",
        "proven, trigger, 1"
    })
    void borrow_addsNoRoundTrip(String reset, String task, int statements) throws Exception {
        Counts held = counts(task, true, reset);
        Counts pooled = counts(task, false, reset);
        Counts added = pooled.minus(held);
        System.out.printf(
                "%s, %s, %d times: %d round trips on a held connection, %d more with a borrow for each; %d and %d statements%n",
                reset, task, TIMES, held.roundTrips(), added.roundTrips(), held.statements(), added.statements());
        assertTrue(added.roundTrips() <= LATE, () -> added + " more than " + held);
        assertEquals(statements * TIMES, added.statements(), () -> added + " more than " + held);
    }
}
