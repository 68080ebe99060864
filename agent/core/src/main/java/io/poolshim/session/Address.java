package io.poolshim.session;

import java.util.Objects;

/** Where a physical connection leads to. */
public final class Address {
    private final String system;
    private final String host;
    private final int port;
    private final String database;
    private final int hash; // asked for at each borrow

    Address(String system, String host, int port, String database) {
        this.system = system;
        this.host = host;
        this.port = port;
        this.database = database;
        this.hash = Objects.hash(host, port, database);
    }

    /** The kind of database, as the semantic conventions name it. */
    public String system() {
        return system;
    }

    /** Null if that is not known, or if there is no server. */
    public String host() {
        return host;
    }

    /** 0 if that is not known. */
    public int port() {
        return port;
    }

    public String database() {
        return database;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Address)) {
            return false;
        }
        Address that = (Address) other;
        return port == that.port && Objects.equals(host, that.host) && database.equals(that.database);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
