package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;

/** Each user logs in to the database, one after the other, several times. */
public final class ManyLogins {
    public static final int USERS = 30;

    private ManyLogins() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        for (int round = 0; round < Integer.getInteger("app.rounds", 3); round++) {
            for (int user = 0; user < USERS; user++) {
                String name = "user_" + user;
                for (int i = 0; i < Integer.getInteger("app.borrows", 3); i++) {
                    env.show(name, () -> {
                        try (Connection c = DriverManager.getConnection(env.url(), name, env.password())) {
                            return env.query(c, "SELECT session_user");
                        }
                    });
                }
            }
        }
    }
}
