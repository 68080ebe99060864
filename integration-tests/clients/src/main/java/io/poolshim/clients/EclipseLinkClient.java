package io.poolshim.clients;

import io.poolshim.programs.Env;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.platform.database.PostgreSQLPlatform;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.eclipse.persistence.sessions.Project;
import org.eclipse.persistence.sessions.UnitOfWork;

/** EclipseLink with its default connector: a session logs in, works and logs out. */
final class EclipseLinkClient {
    private EclipseLinkClient() {}

    private static DatabaseSession session(Env env) {
        DatabaseLogin login = new DatabaseLogin(new PostgreSQLPlatform());
        login.setDriverClassName("org.postgresql.Driver");
        login.setConnectionString(env.url());
        login.setUserName(env.user());
        login.setPassword(env.password());
        DatabaseSession session = new Project(login).createDatabaseSession();
        session.setLogLevel(SessionLog.OFF);
        return session;
    }

    static void run(Env env) {
        for (int i = 0; i < 5; i++) {
            DatabaseSession session = session(env);
            session.login();
            if (i == 0) {
                session.executeNonSelectingSQL("CREATE TABLE ship (id int PRIMARY KEY, name text)");
            }
            session.beginTransaction();
            session.executeNonSelectingSQL("INSERT INTO ship VALUES (" + i + ", 'ship " + i + "')");
            if (i % 2 == 0) {
                session.commitTransaction();
            } else {
                session.rollbackTransaction();
            }
            UnitOfWork work = session.acquireUnitOfWork();
            env.print("ships", work.executeSQL("SELECT id, name FROM ship ORDER BY id"));
            work.release();
            env.show("fails", () -> message(session));
            session.logout();
            env.print("connected", session.isConnected());
        }
    }

    /** The message as a whole holds times. */
    private static String message(DatabaseSession session) {
        try {
            return String.valueOf(session.executeSQL("SELECT 1/0"));
        } catch (org.eclipse.persistence.exceptions.DatabaseException e) {
            return e.getErrorCode() + " " + e.getInternalException().getMessage();
        }
    }
}
