package io.poolshim.programs;

import java.sql.Connection;

/** A thread waits for the one connection that another holds, until it gets one of its own. */
public final class Recorded {
    private Recorded() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        try (Connection held = env.connect()) {
            Thread waiting = new Thread(() -> env.show("waited", () -> env.query("SELECT 1")));
            waiting.start();
            waiting.join();
            env.print("held", env.query(held, "SELECT 2"));
        }
    }
}
