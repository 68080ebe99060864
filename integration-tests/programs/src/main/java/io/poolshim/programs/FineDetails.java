package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What only a close look shows. */
final class FineDetails {
    private FineDetails() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("sessions.read-only-by-url", FineDetails::readOnlyByUrl);
        all.put("casts.by-reflection-on-its-own-class", FineDetails::byReflectionOnItsOwnClass);
        all.put("ownership.abort-deferred", FineDetails::abortDeferred);
    }

    static void readOnlyByUrl(Env env) throws Exception {
        env.setup("CREATE TABLE read_by_url (id int)");
        String url = env.urlWith("readOnly=true&readOnlyMode=always");
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(url, env.login())) {
                env.print("read-only", c.isReadOnly());
                env.attempt("write", () -> env.execute(c, "INSERT INTO read_by_url VALUES (1)"));
                c.setReadOnly(false);
                env.attempt("write", () -> env.execute(c, "INSERT INTO read_by_url VALUES (2)"));
            }
        }
        env.print("rows", env.query("SELECT count(*) FROM read_by_url"));
    }

    /** As helpers do that do not know which driver there is. */
    static void byReflectionOnItsOwnClass(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.getClass().getMethod("setPrepareThreshold", int.class).invoke(c, 3);
                env.print(
                        "threshold",
                        c.getClass().getMethod("getPrepareThreshold").invoke(c));
                env.print(
                        "public",
                        java.lang.reflect.Modifier.isPublic(c.getClass().getModifiers()));
            }
        }
    }

    static void abortDeferred(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            List<Runnable> later = new ArrayList<>();
            env.attempt("abort", () -> c.abort(later::add));
            env.print("to be done", later.size());
            env.print("closed before", c.isClosed());
            env.show("use", () -> env.query(c, "SELECT 1"));
            later.forEach(Runnable::run);
            env.print("closed after", c.isClosed());
            env.show("use", () -> env.query(c, "SELECT 1"));
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'works'"));
        }
    }
}
