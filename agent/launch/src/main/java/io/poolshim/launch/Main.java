package io.poolshim.launch;

import java.io.File;
import java.io.PrintStream;

/**
 * {@code java -jar poolshim.jar …}: runs the command line, which is inside the archive. It is not loaded with the agent, and
 * needs nothing that only agents have, such as the module java.instrument.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args)); // whatever threads still wait for another JVM
    }

    private static int run(String[] args) {
        try {
            File jar = AgentClassLoader.ownJar();
            Class<?>[] types = {String[].class, File.class, String.class, PrintStream.class, PrintStream.class};
            return (Integer) new AgentClassLoader(jar)
                    .loadClass("io.poolshim.command.CommandLine")
                    .getMethod("run", types)
                    .invoke(null, args, jar, version(), System.out, System.err);
        } catch (Throwable failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            System.err.println("[poolshim] the command cannot run: " + cause + " (is the jar complete?)");
            return 1;
        }
    }

    /** Of the manifest. */
    private static String version() {
        return String.valueOf(Main.class.getPackage().getImplementationVersion());
    }
}
