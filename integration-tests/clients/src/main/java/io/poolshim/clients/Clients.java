package io.poolshim.clients;

import io.poolshim.programs.Env;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the client that the argument names, and prints what it sees. */
public final class Clients {
    private static final Map<String, Client> ALL = new LinkedHashMap<>();

    static {
        ALL.put("spring", SpringClient::run);
        ALL.put("mybatis", MyBatisClient::run);
        ALL.put("jooq", JooqClient::run);
        ALL.put("jdbi", JdbiClient::run);
        ALL.put("groovy", GroovyClient::run);
        ALL.put("sql2o", Sql2oClient::run);
        ALL.put("eclipselink", EclipseLinkClient::run);
        ALL.put("hibernate", HibernateClient::run);
        ALL.put("quartz", QuartzClient::run);
        ALL.put("dbunit", DbUnitClient::run);
    }

    private Clients() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        ALL.get(args[0]).run(new Env(out));
    }

    /** A small program over one library. */
    interface Client {
        void run(Env env) throws Exception;
    }
}
