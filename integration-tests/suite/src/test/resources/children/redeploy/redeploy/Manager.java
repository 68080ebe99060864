package redeploy;

import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Container;
import org.apache.catalina.startup.Tomcat;

/** Deploys, undeploys, and counts what is left. */
final class Manager extends HttpServlet {
    private static final String PATH = "/app";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(45);

    private final Tomcat tomcat;
    private final File webapp;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    Manager(Tomcat tomcat, File webapp) {
        this.tomcat = tomcat;
        this.webapp = webapp;
    }

    void awaitStop() throws InterruptedException {
        stop.await();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] command = request.getPathInfo().substring(1).split("/");
        response.getWriter().print(answer(command[0], command.length > 1 ? Integer.parseInt(command[1]) : 0));
    }

    private synchronized Object answer(String command, int number) {
        switch (command) {
            case "deploy":
                return deploy();
            case "undeploy":
                return undeploy();
            case "loaders":
                return loadersAlive(number);
            case "threads":
                return threads();
            case "stop":
                stop.countDown();
                return "";
            default:
                throw new IllegalArgumentException(command);
        }
    }

    private String deploy() {
        ClassLoader loader = tomcat.addWebapp(PATH, webapp.getPath()).getLoader().getClassLoader();
        loaders.add(new WeakReference<>(loader, collected));
        return loader.getClass().getSimpleName();
    }

    private String undeploy() {
        Container context = tomcat.getHost().findChild(PATH);
        tomcat.getHost().removeChild(context);
        return "";
    }

    /** How many loaders are left, after waiting for there to be no more than so many. */
    private int loadersAlive(int atMost) {
        long deadline = System.nanoTime() + PATIENCE;
        int alive = count();
        while (alive > atMost && System.nanoTime() - deadline < 0) {
            System.gc();
            try {
                collected.remove(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return count();
            }
            alive = count();
        }
        return alive;
    }

    private int count() {
        int alive = 0;
        for (WeakReference<ClassLoader> loader : loaders) {
            alive += loader.get() == null ? 0 : 1;
        }
        return alive;
    }

    private static String threads() {
        List<String> names = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            names.add(thread.getName());
        }
        Collections.sort(names);
        return String.join("\n", names);
    }
}
