package io.poolshim.proxy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One loan of a fake database's connection, and what it told the agent. */
final class FakeLoan {
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    final Connection connection;

    /** What the agent answers to the end of the loan: null if the connection lives on. */
    Object reallyClosed;
    /** What it answers if a closed connection is asked for. */
    Object tombstone;

    FakeLoan(FakeDatabase database) throws SQLException {
        SessionState state = new SessionState(database.connection, false);
        connection = new Loan(database.connection, state, this::happened).connection();
        database.calls.clear();
    }

    private Object happened(Object event, Object argument) {
        events.add(argument instanceof Object[] ? event + " " + ((Object[]) argument)[1] : event + " " + argument);
        switch (String.valueOf(event)) {
            case "tombstone":
                return tombstone;
            case "close":
            case "close-busy":
            case "aborted":
                return reallyClosed;
            case "query":
            case "batch":
                return "token";
            default:
                return null;
        }
    }
}
