package io.poolshim.admin;

/** One reason why a pool is not simply healthy. Anyone may read it: no SQL, no message of a server, no value. */
public final class Finding {
    final Status status;
    final String reason;

    public Finding(Status status, String reason) {
        this.status = status;
        this.reason = reason;
    }
}
