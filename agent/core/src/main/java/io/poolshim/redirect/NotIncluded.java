package io.poolshim.redirect;

import io.poolshim.jdbc.JdbcUrl;

/** What is said once of URLs that pass through because the settings do not include them. */
final class NotIncluded {
    private static final String SEE = " (see docs/safety.md for what differs then)";

    private NotIncluded() {}

    /** {@code scheme}: as {@link JdbcUrl#scheme} has it. */
    static String text(String scheme) {
        return scheme.equals(JdbcUrl.NO_SCHEME)
                ? "URLs that do not begin with jdbc: and a name pass through, and are not shown here;"
                        + " -Dpoolshim.include= with their beginning and * includes them" + SEE
                : scheme + " URLs pass through; -Dpoolshim.include=" + scheme + "* includes them" + SEE;
    }
}
