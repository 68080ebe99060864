package com.example.orderdesk;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Starts the order desk; runs until somebody sends SHUTDOWN to the shutdown port, as with any Tomcat. */
public final class OrderDesk {
    private OrderDesk() {}

    public static void main(String[] args) throws Exception {
        Db.createSchema();
        Tomcat tomcat = start();
        System.out.println("Order desk ready on port " + tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
        tomcat.stop();
        tomcat.destroy();
        System.out.println("Order desk closed");
    }

    private static Tomcat start() throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Settings.get("work.dir"));
        tomcat.setPort(Settings.getInt("http.port"));
        tomcat.getConnector().setProperty("address", Settings.get("http.address"));
        tomcat.getServer().setPort(Settings.getInt("shutdown.port"));
        Context context = tomcat.addContext("", null);
        add(context, "/", new Pages.Home());
        add(context, "/articles", new Pages.Articles());
        add(context, "/order", new Pages.Order());
        add(context, "/archive", new Pages.Archive());
        add(context, "/customer", new Pages.Customer());
        add(context, "/report", new Pages.Report());
        add(context, "/pricelist", new Pages.PriceList());
        tomcat.start();
        return tomcat;
    }

    private static void add(Context context, String path, PageServlet servlet) {
        Tomcat.addServlet(context, path, servlet);
        context.addServletMappingDecoded(path, path);
    }
}
