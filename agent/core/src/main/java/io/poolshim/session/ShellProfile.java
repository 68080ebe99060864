package io.poolshim.session;

import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The data by which the agent makes shells of a driver's own connection class. */
public interface ShellProfile extends DriverProfile {
    /** The prefix of the driver's URLs. */
    String urlPrefix();

    String connectionClass();

    /** The package in which shells and the agent's classes are defined, with a dot at the end. */
    String packageName();

    /** The agent's classes for the driver's package, in the order of their definition. */
    List<String> helperClasses();

    /** The class file of one of them, by its path; null if there is none. */
    InputStream helperClassFile(String path);

    /** Fields that are empty in a new connection and mean nothing to others, so that each shell may have its own. */
    Set<String> shellFields();

    /** Methods after which the connection is not handed on: what they set or hand out is not restored, a cancel comes late. */
    Set<String> taintingMethods();

    /** Methods that send a statement by themselves, past the executor that statements use. */
    Set<String> statementMethods();

    /** Methods that only read what never changes on a connection: they need no connection that is closed, either. */
    Set<String> factMethods();

    /** Methods that only a connection of this driver has, and that nothing else tells of; for those who look on. */
    default Set<String> toldMethods() {
        return Collections.emptySet();
    }

    /** The interface through which statements reach the server. */
    String executorInterface();

    /** The class that writes the texts of statements to the server; empty if it is not known. */
    String senderClass();

    /** What the names of all the driver's packages begin with. */
    String rootPackage();

    /** Methods that make the driver's statements. */
    Set<String> statementFactories();

    /** Fields that other classes of the driver could reach; a scan of all versions found that none does. */
    Set<String> exposedFields();

    /** Methods of the executor's interface that begin to send something. */
    Set<String> sendingMethods();

    /** Methods of that interface that set for the connection what is not restored. */
    Set<String> executorTaintingMethods();
}
