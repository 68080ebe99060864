package io.poolshim.programs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;

/** Runs the programs named by the arguments, or all of them, one after the other, each under a heading of its own. */
public final class TwinRunner {
    private static final long LIMIT_MILLIS = Long.getLong("app.limitMillis", 120_000);
    private static final int STUCK_AT_MOST = 5;

    private TwinRunner() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        List<String> names = args.length == 0 ? new ArrayList<>(Programs.ALL.keySet()) : Arrays.asList(args);
        int stuck = 0;
        for (String name : names) {
            if (stuck == STUCK_AT_MOST) {
                break;
            }
            out.println("=== " + name);
            stuck += runInTime(name, new Env(out)) ? 0 : 1;
        }
        out.println("=== end");
    }

    /** A program that hangs is left behind: the others are still worth running. */
    private static boolean runInTime(String name, Env env) throws InterruptedException {
        Thread thread = new Thread(() -> run(Programs.ALL.get(name), env), "program");
        thread.setDaemon(true);
        thread.start();
        thread.join(LIMIT_MILLIS);
        if (thread.isAlive()) {
            env.print("stuck after " + LIMIT_MILLIS + " ms");
            for (StackTraceElement frame : thread.getStackTrace()) {
                System.err.println(name + " is stuck at " + frame);
            }
        }
        return !thread.isAlive();
    }

    private static void run(TwinProgram program, Env env) {
        TimeZone zone = TimeZone.getDefault();
        try {
            program.run(env);
        } catch (Throwable failure) {
            env.print("failed", Failures.describe(failure));
        } finally {
            TimeZone.setDefault(zone);
            DriverManager.setLoginTimeout(0);
            env.print("interrupted at the end", Thread.interrupted());
        }
    }
}
