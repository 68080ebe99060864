package io.poolshim.launch;

import java.io.File;
import java.io.PrintStream;

/** {@code java -jar poolshim.jar …}: runs the command line, which is inside the archive. Not loaded with the agent. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args)); // whatever threads still wait for another JVM
    }

    private static int run(String[] args) {
        try {
            File jar = Launch.agentJar();
            Class<?>[] types = {String[].class, File.class, String.class, PrintStream.class, PrintStream.class};
            return (Integer) new AgentClassLoader(jar)
                    .loadClass("io.poolshim.command.CommandLine")
                    .getMethod("run", types)
                    .invoke(null, args, jar, version(), System.out, System.err);
        } catch (Throwable failure) {
            System.err.println("[poolshim] " + Launch.reason(failure));
            return 1;
        }
    }

    /** Of the manifest. */
    private static String version() {
        return String.valueOf(Main.class.getPackage().getImplementationVersion());
    }
}
