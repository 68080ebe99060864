package io.poolshim.command;

/** A command that there is not, or with wrong arguments. */
final class Misuse extends Exception {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
        super(message);
    }
}
