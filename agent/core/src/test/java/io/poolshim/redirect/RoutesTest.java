package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.poolshim.jdbc.ConnectRequest;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final String URL = "jdbc:postgresql://here/db";

    private final Routes routes = new Routes();

    private static Properties info(String password) {
        Properties info = new Properties();
        info.setProperty("user", "me");
        info.setProperty("password", password);
        return info;
    }

    @SuppressWarnings("NullAway") // where it leads does not matter here
    private Route remember(String password, int epoch) {
        Route route = new Route(new ConnectRequest(URL, info(password), RoutesTest.class), null, epoch, null, null, 0);
        routes.remember(route);
        return route;
    }

    @Test
    void find_knowsARequestByItsPropertiesAndByUserAndPassword() {
        Route route = remember("one", 1);
        assertSame(route, routes.find(URL, info("one"), RoutesTest.class, 1));
        assertSame(route, routes.find(URL, "me", "one", RoutesTest.class, 1));
    }

    @Test
    void find_isNullForAnythingElse() {
        remember("one", 1);
        assertNull(routes.find(URL, "me", "two", RoutesTest.class, 1));
        assertNull(routes.find(URL, "you", "one", RoutesTest.class, 1));
        assertNull(routes.find(URL + "?ssl=true", "me", "one", RoutesTest.class, 1));
        assertNull(routes.find(URL, "me", "one", Routes.class, 1), "another caller");
        assertNull(routes.find(URL, "me", "one", RoutesTest.class, 2), "drivers have come or gone");
        assertNull(routes.find(null, "me", "one", RoutesTest.class, 1));
        assertNull(routes.find(URL, "me", "one", null, 1));
    }

    @Test
    void remember_putsARouteInThePlaceOfTheOneItSucceeds() {
        remember("one", 1);
        Route next = remember("one", 1);
        assertSame(next, routes.find(URL, "me", "one", RoutesTest.class, 1));
        Route other = remember("other", 2);
        assertSame(other, routes.find(URL, "me", "other", RoutesTest.class, 2));
    }

    @Test
    void remember_keepsTheLatest() {
        for (int i = 0; i < 100; i++) {
            Route route = remember("password " + i, 1);
            assertSame(route, routes.find(URL, "me", "password " + i, RoutesTest.class, 1));
        }
        assertNull(routes.find(URL, "me", "password 0", RoutesTest.class, 1));
    }
}
