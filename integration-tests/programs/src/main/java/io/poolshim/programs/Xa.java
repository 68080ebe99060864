package io.poolshim.programs;

import java.sql.Connection;
import java.util.Map;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.xa.PGXADataSource;

/** The driver's own sources for transaction managers and for pools. */
final class Xa {
    private Xa() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("xa.one-phase", Xa::onePhase);
        all.put("xa.two-phases", Xa::twoPhases);
        all.put("xa.rolled-back", Xa::rolledBack);
        all.put("xa.recovered-by-another", Xa::recoveredByAnother);
        all.put("xa.misuse", Xa::misuse);
        all.put("xa.handles", Xa::handles);
        all.put("xa.prepared-by-sql", Xa::preparedBySql);
        all.put("xa.pooled-connection", Xa::pooledConnection);
    }

    private static PGXADataSource source(Env env) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(env.url());
        source.setUser(env.user());
        source.setPassword(env.password());
        return source;
    }

    private static final class Id implements Xid {
        private final String name;

        Id(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }

        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {7};
        }
    }

    /** Code of the failure, as transaction managers look at it. */
    private static void attempt(Env env, String label, Env.Task task) {
        env.show(label, () -> {
            try {
                task.run();
                return "ok";
            } catch (XAException e) {
                return "XA " + e.errorCode + " " + Failures.describe(e);
            }
        });
    }

    private static void insert(Env env, XAConnection xa, Xid id, String table) throws Exception {
        XAResource resource = xa.getXAResource();
        try (Connection c = xa.getConnection()) {
            resource.start(id, XAResource.TMNOFLAGS);
            env.execute(c, "INSERT INTO " + table + " VALUES (1)");
            resource.end(id, XAResource.TMSUCCESS);
        }
    }

    static void onePhase(Env env) throws Exception {
        env.setup("CREATE TABLE xa_one (id int)");
        for (int i = 0; i < 3; i++) {
            XAConnection xa = source(env).getXAConnection();
            Xid id = new Id("one" + i);
            insert(env, xa, id, "xa_one");
            env.print("before", env.query("SELECT count(*) FROM xa_one"));
            xa.getXAResource().commit(id, true);
            env.print("after", env.query("SELECT count(*) FROM xa_one"));
            xa.close();
        }
    }

    static void twoPhases(Env env) throws Exception {
        env.setup("CREATE TABLE xa_two (id int)");
        for (int i = 0; i < 3; i++) {
            XAConnection first = source(env).getXAConnection();
            XAConnection second = source(env).getXAConnection();
            Xid a = new Id("two-a" + i);
            Xid b = new Id("two-b" + i);
            insert(env, first, a, "xa_two");
            insert(env, second, b, "xa_two");
            env.print(
                    "votes",
                    first.getXAResource().prepare(a) + " "
                            + second.getXAResource().prepare(b));
            env.print(
                    "prepared",
                    env.query("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"));
            first.getXAResource().commit(a, false);
            second.getXAResource().commit(b, false);
            env.print("rows", env.query("SELECT count(*) FROM xa_two"));
            env.print("same manager", first.getXAResource().isSameRM(second.getXAResource()));
            first.close();
            second.close();
        }
    }

    static void rolledBack(Env env) throws Exception {
        env.setup("CREATE TABLE xa_back (id int)");
        for (int i = 0; i < 2; i++) {
            XAConnection xa = source(env).getXAConnection();
            Xid early = new Id("early" + i);
            insert(env, xa, early, "xa_back");
            xa.getXAResource().rollback(early);
            Xid late = new Id("late" + i);
            insert(env, xa, late, "xa_back");
            xa.getXAResource().prepare(late);
            xa.getXAResource().rollback(late);
            attempt(env, "again", () -> xa.getXAResource().rollback(late));
            xa.close();
            env.print("rows", env.query("SELECT count(*) FROM xa_back"));
        }
    }

    static void recoveredByAnother(Env env) throws Exception {
        env.setup("CREATE TABLE xa_recover (id int)");
        XAConnection lost = source(env).getXAConnection();
        Xid id = new Id("recovered");
        insert(env, lost, id, "xa_recover");
        lost.getXAResource().prepare(id);
        lost.close();
        XAConnection manager = source(env).getXAConnection();
        for (Xid found : manager.getXAResource().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) {
            env.print("found", new String(found.getGlobalTransactionId(), java.nio.charset.StandardCharsets.US_ASCII));
            manager.getXAResource().commit(found, false);
        }
        manager.close();
        env.print("rows", env.query("SELECT count(*) FROM xa_recover"));
    }

    static void misuse(Env env) throws Exception {
        XAConnection xa = source(env).getXAConnection();
        XAResource resource = xa.getXAResource();
        Xid id = new Id("misused");
        attempt(env, "end before start", () -> resource.end(id, XAResource.TMSUCCESS));
        attempt(env, "commit before start", () -> resource.commit(id, true));
        attempt(env, "no id", () -> resource.start(null, XAResource.TMNOFLAGS));
        resource.start(id, XAResource.TMNOFLAGS);
        attempt(env, "start twice", () -> resource.start(id, XAResource.TMNOFLAGS));
        Connection c = xa.getConnection();
        env.attempt("commit by JDBC", c::commit);
        env.attempt("auto-commit", () -> c.setAutoCommit(true));
        attempt(env, "prepare before end", () -> resource.prepare(id));
        attempt(env, "suspend", () -> resource.end(id, XAResource.TMSUSPEND));
        attempt(env, "forget", () -> resource.forget(id));
        attempt(env, "time-out", () -> env.print("set", resource.setTransactionTimeout(5)));
        xa.close();
        env.print("next", env.query("SELECT 'works'"));
    }

    static void handles(Env env) throws Exception {
        XAConnection xa = source(env).getXAConnection();
        for (int i = 0; i < 3; i++) {
            Connection handle = xa.getConnection();
            env.print("auto-commit", handle.getAutoCommit());
            env.print("works", env.query(handle, "SELECT " + i));
            env.print("identity", handle.createStatement().getConnection() == handle);
            handle.close();
            env.show("closed", () -> env.query(handle, "SELECT 1"));
        }
        xa.close();
        env.show("after close", xa::getConnection);
    }

    static void preparedBySql(Env env) throws Exception {
        env.setup("CREATE TABLE xa_sql (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "BEGIN", "INSERT INTO xa_sql VALUES (1)", "PREPARE TRANSACTION 'by sql'");
                env.print("not yet", env.query(c, "SELECT count(*) FROM xa_sql"));
            }
            try (Connection c = env.connect()) {
                env.execute(c, (i == 1 ? "ROLLBACK" : "COMMIT") + " PREPARED 'by sql'");
            }
            env.print("rows", env.query("SELECT count(*) FROM xa_sql"));
        }
    }

    static void pooledConnection(Env env) throws Exception {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(env.url());
        source.setUser(env.user());
        source.setPassword(env.password());
        PooledConnection pooled = source.getPooledConnection();
        pooled.addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                env.print("event", "closed " + (event.getSource() == pooled));
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                env.print("event", Failures.describe(event.getSQLException()));
            }
        });
        for (int i = 0; i < 3; i++) {
            Connection c = pooled.getConnection();
            env.print("works", env.query(c, "SELECT " + i));
            env.show("temp table", () -> env.query(c, "SELECT count(*) FROM pooled_temp"));
            env.attempt("create", () -> env.execute(c, "CREATE TEMP TABLE pooled_temp (id int)"));
            c.close();
        }
        pooled.close();
    }
}
