package otelapp;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** An application that makes a span for each of its requests, with the OpenTelemetry API that it brings along. */
public final class Requests {
    private static OpenTelemetry openTelemetry = OpenTelemetry.noop();

    private Requests() {}

    /** {@code early}, {@code late}, {@code metered}, {@code metered-late}, {@code wrapping}, {@code local}, {@code noop} or {@code bridged}: where its OpenTelemetry comes from. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "early":
                GlobalOpenTelemetry.set(OwnSdk.create());
                openTelemetry = GlobalOpenTelemetry.get();
                break;
            case "late":
                request("before the SDK");
                GlobalOpenTelemetry.set(OwnSdk.create()); // fails if anybody has asked for the global one before
                openTelemetry = GlobalOpenTelemetry.get();
                break;
            case "metered":
                GlobalOpenTelemetry.set(MeteredSdk.create());
                openTelemetry = GlobalOpenTelemetry.get();
                break;
            case "metered-late":
                request("before the SDK");
                GlobalOpenTelemetry.set(MeteredSdk.create());
                openTelemetry = GlobalOpenTelemetry.get();
                break;
            case "wrapping":
                work();
                ContextStorage.addWrapper(storage -> { // is left out if anybody has asked for a context before
                    System.out.println("storage wrapped");
                    return storage;
                });
                GlobalOpenTelemetry.set(OwnSdk.create());
                openTelemetry = GlobalOpenTelemetry.get();
                work();
                break;
            case "local":
                openTelemetry = OwnSdk.create();
                break;
            case "noop":
                openTelemetry = GlobalOpenTelemetry.get();
                break;
            default:
                openTelemetry = GlobalOpenTelemetry.get();
        }
        request("one");
        request("two");
        if (args[0].startsWith("metered")) {
            MeteredSdk.print();
        }
        System.out.println("requests done");
    }

    private static void request(String name) throws Exception {
        Span span = openTelemetry
                .getTracerProvider()
                .get("otelapp")
                .spanBuilder("request " + name)
                .startSpan();
        try (Scope ignored = span.makeCurrent()) {
            work();
        } finally {
            span.end();
        }
    }

    private static void work() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        System.getProperty("app.url"),
                        System.getProperty("app.user"),
                        System.getProperty("app.password"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT relname FROM pg_class WHERE oid = 1259")) {
            row.next();
            statement.executeUpdate("UPDATE pg_class SET relname = relname WHERE false");
        } catch (java.sql.SQLException denied) {
            System.out.println("state " + denied.getSQLState());
        }
    }
}
