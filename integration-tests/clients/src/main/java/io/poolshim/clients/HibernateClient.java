package io.poolshim.clients;

import io.poolshim.programs.Env;
import javax.persistence.Entity;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Hibernate with its built-in pool, and the application's own connections beside it. */
final class HibernateClient {
    private HibernateClient() {}

    /** A row. */
    @Entity(name = "Person")
    public static class Person {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        public Long id;

        public String name;
    }

    static void run(Env env) throws Exception {
        java.util.logging.Logger.getLogger("org.hibernate").setLevel(java.util.logging.Level.OFF);
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Person.class)
                .setProperty("hibernate.connection.url", env.url())
                .setProperty("hibernate.connection.username", env.user())
                .setProperty("hibernate.connection.password", env.password())
                .setProperty("hibernate.connection.pool_size", "3")
                .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQL10Dialect")
                .setProperty("hibernate.hbm2ddl.auto", "create");
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            for (int i = 0; i < 5; i++) {
                work(env, factory, i);
            }
            beside(env);
        }
    }

    private static void work(Env env, SessionFactory factory, int number) {
        try (Session session = factory.openSession()) {
            session.beginTransaction();
            Person person = new Person();
            person.name = "person " + number;
            session.save(person);
            env.print("key", person.id);
            if (number % 2 == 0) {
                session.getTransaction().commit();
            } else {
                session.getTransaction().rollback();
            }
        }
        try (Session session = factory.openSession()) {
            env.print(
                    "names",
                    session.createQuery("SELECT name FROM Person ORDER BY id", String.class)
                            .list());
        }
    }

    /** The same application, without Hibernate. */
    private static void beside(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            env.print("beside", env.query("SELECT count(*) FROM Person"));
        }
    }
}
