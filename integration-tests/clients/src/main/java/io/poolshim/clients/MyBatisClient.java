package io.poolshim.clients;

import io.poolshim.programs.Env;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.session.TransactionIsolationLevel;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** Mappers over an UNPOOLED data source. */
final class MyBatisClient {
    private MyBatisClient() {}

    /** Queries of one table. */
    public interface Notes {
        @Update("CREATE TABLE note (id serial PRIMARY KEY, text varchar(20))")
        void create();

        @Insert("INSERT INTO note (text) VALUES (#{text})")
        @Options(useGeneratedKeys = true, keyProperty = "id")
        int add(Note note);

        @Select("SELECT id, text FROM note WHERE id = #{id}")
        Note find(@Param("id") int id);

        @Select("SELECT count(*) FROM note")
        int count();
    }

    /** A row. */
    public static final class Note {
        public int id;
        public String text;
    }

    static void run(Env env) {
        UnpooledDataSource source =
                new UnpooledDataSource("org.postgresql.Driver", env.url(), env.user(), env.password());
        Configuration configuration = new Configuration(new Environment("it", new JdbcTransactionFactory(), source));
        configuration.addMapper(Notes.class);
        SqlSessionFactory factory = new SqlSessionFactoryBuilder().build(configuration);
        try (SqlSession session = factory.openSession(true)) {
            session.getMapper(Notes.class).create();
        }
        for (int i = 0; i < 5; i++) {
            session(env, factory, i);
        }
        try (SqlSession session = factory.openSession(TransactionIsolationLevel.SERIALIZABLE)) {
            env.show("too long", () -> add(session, "much more than twenty characters").id);
            env.show("then", () -> session.getMapper(Notes.class).count());
        }
        try (SqlSession session = factory.openSession()) {
            env.print("count", session.getMapper(Notes.class).count());
        }
    }

    private static void session(Env env, SqlSessionFactory factory, int number) {
        try (SqlSession session = factory.openSession()) {
            Note note = add(session, "note " + number);
            env.print("key", note.id);
            env.print("found", session.getMapper(Notes.class).find(note.id).text);
            if (number % 2 == 0) {
                session.commit();
            }
        }
    }

    private static Note add(SqlSession session, String text) {
        Note note = new Note();
        note.text = text;
        session.getMapper(Notes.class).add(note);
        return note;
    }
}
