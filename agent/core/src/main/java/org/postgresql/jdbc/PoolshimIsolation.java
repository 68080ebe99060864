package org.postgresql.jdbc;

import java.sql.Connection;

/** The commands that set a session's isolation level, as the driver sends them. */
final class PoolshimIsolation {
    private static final byte[] READ_UNCOMMITTED = command("READ UNCOMMITTED");
    private static final byte[] READ_COMMITTED = command("READ COMMITTED");
    private static final byte[] REPEATABLE_READ = command("REPEATABLE READ");
    private static final byte[] SERIALIZABLE = command("SERIALIZABLE");

    /** Back to the session's own default. */
    static final byte[] RESET = PoolshimCommands.messages("RESET default_transaction_isolation");

    private PoolshimIsolation() {}

    private static byte[] command(String level) {
        return PoolshimCommands.messages("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level);
    }

    /** Null if there is no such level. */
    static byte[] command(int level) {
        switch (level) {
            case Connection.TRANSACTION_READ_UNCOMMITTED:
                return READ_UNCOMMITTED;
            case Connection.TRANSACTION_READ_COMMITTED:
                return READ_COMMITTED;
            case Connection.TRANSACTION_REPEATABLE_READ:
                return REPEATABLE_READ;
            case Connection.TRANSACTION_SERIALIZABLE:
                return SERIALIZABLE;
            default:
                return null;
        }
    }
}
