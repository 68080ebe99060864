package io.poolshim.command;

/** A command that failed; the message says why, and what to do. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    Trouble(String message) {
        super(message);
    }
}
