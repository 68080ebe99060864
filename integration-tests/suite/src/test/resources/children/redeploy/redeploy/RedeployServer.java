package redeploy;

import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.ThreadLocalLeakPreventionListener;
import org.apache.catalina.startup.Tomcat;

/**
 * A Tomcat with the listeners that its own server.xml has, a web application that comes and goes, and a manager that
 * does what it is told by HTTP. Prints the port.
 */
public final class RedeployServer {
    private RedeployServer() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("redeploy.base"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxThreads", "10");
        tomcat.setAddDefaultWebXmlToWebapp(false); // its JSP servlet is not here
        tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
        new File(tomcat.getHost().getAppBaseFile().getPath()).mkdirs();
        Manager manager = new Manager(tomcat, new File(System.getProperty("redeploy.webapp")));
        Context control = tomcat.addContext("/manager", null);
        Tomcat.addServlet(control, "manager", manager);
        control.addServletMappingDecoded("/*", "manager");
        tomcat.start();
        System.out.println("listening on " + tomcat.getConnector().getLocalPort() + ".");
        manager.awaitStop();
        tomcat.stop();
        tomcat.destroy();
        System.exit(0);
    }
}
