package io.poolshim.command;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * The JDK's own way to other JVMs, {@code com.sun.tools.attach}, by reflection: on Java 8 it is in the JDK's tools.jar, and
 * later in a module that an image may lack.
 */
final class AttachApi {
    private static final String MACHINE = "com.sun.tools.attach.VirtualMachine";
    private static final String DESCRIPTOR = "com.sun.tools.attach.VirtualMachineDescriptor";

    private final Class<?> machine;
    private final Class<?> descriptor;

    private AttachApi(ClassLoader loader) throws ClassNotFoundException {
        this.machine = Class.forName(MACHINE, true, loader);
        this.descriptor = Class.forName(DESCRIPTOR, true, loader);
    }

    static AttachApi find() throws Trouble {
        String home = System.getProperty("java.home");
        try {
            return new AttachApi(ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException notThere) {
            return inTools(home);
        }
    }

    @SuppressWarnings("resource") // for as long as this JVM lives
    private static AttachApi inTools(String home) throws Trouble {
        for (String place : new String[] {"lib/tools.jar", "../lib/tools.jar"}) {
            File tools = new File(home, place);
            try {
                if (tools.isFile()) {
                    return new AttachApi(
                            new URLClassLoader(new URL[] {tools.toURI().toURL()}));
                }
            } catch (ClassNotFoundException | MalformedURLException brokenJdk) {
                break;
            }
        }
        throw new Trouble(
                "the JVM in " + home + " cannot attach to others: this needs a JDK 8 (not a JRE), or any JVM from 9"
                        + " on with the module jdk.attach; the other JVM may be any");
    }

    /** A JVM that could be attached to. */
    static final class Listed {
        final String pid;
        /** The main class, module or jar. */
        final String name;

        private Listed(String pid, String name) {
            this.pid = pid;
            this.name = name;
        }
    }

    /** Those JVMs that the system lets this user see, this one included. */
    List<Listed> list() throws ReflectiveOperationException {
        List<Listed> jvms = new ArrayList<>();
        for (Object found : (List<?>) machine.getMethod("list").invoke(null)) {
            String command = (String) descriptor.getMethod("displayName").invoke(found);
            // Without its arguments, in which there may be a password.
            jvms.add(new Listed((String) descriptor.getMethod("id").invoke(found), command.replaceFirst("\\s.*", "")));
        }
        return jvms;
    }

    /** Attaches; whoever does detaches by closing it. */
    OtherJvm attach(String pid) throws Trouble {
        try {
            return new OtherJvm(
                    pid, machine, machine.getMethod("attach", String.class).invoke(null, pid));
        } catch (InvocationTargetException e) {
            throw Refusals.explain(pid, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Trouble("this JVM's attach API is another one: " + e);
        }
    }
}
