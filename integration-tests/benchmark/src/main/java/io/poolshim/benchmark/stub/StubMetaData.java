package io.poolshim.benchmark.stub;

import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;

/** What instrumentations ask once of a connection: its URL. Of all the rest, nothing. */
final class StubMetaData {
    private static final DatabaseMetaData INSTANCE = (DatabaseMetaData) Proxy.newProxyInstance(
            StubMetaData.class.getClassLoader(),
            new Class<?>[] {DatabaseMetaData.class},
            (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "getURL":
                        return StubDriver.URL;
                    case "getUserName":
                        return StubDriver.USER;
                    default:
                        throw new java.sql.SQLFeatureNotSupportedException(method.getName());
                }
            });

    private StubMetaData() {}

    static DatabaseMetaData instance() {
        return INSTANCE;
    }
}
