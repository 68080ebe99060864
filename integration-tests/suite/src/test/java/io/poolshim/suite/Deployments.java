package io.poolshim.suite;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.RunningChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Tomcat in a child JVM to which one web application is deployed again and again. */
final class Deployments implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)\\.");
    private static final String WEB_XML = "<web-app xmlns='http://xmlns.jcp.org/xml/ns/javaee' version='4.0'"
            + " metadata-complete='true'><servlet><servlet-name>visit</servlet-name>"
            + "<servlet-class>web.Visit</servlet-class></servlet><servlet-mapping>"
            + "<servlet-name>visit</servlet-name><url-pattern>/visit</url-pattern></servlet-mapping></web-app>";

    private final RunningChild child;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    private Deployments(RunningChild child) {
        this.child = child;
        child.awaitOutput("listening on");
        Matcher port = LISTENING.matcher(child.stdoutSoFar());
        if (!port.find()) {
            throw new IllegalStateException(child.await().toString());
        }
        address = "http://127.0.0.1:" + port.group(1);
    }

    /** An unpacked web application with these libraries of its own. */
    static Path webapp(Path folder, Path... libraries) {
        try {
            Path inf = Files.createDirectories(folder.resolve("WEB-INF"));
            Files.writeString(inf.resolve("web.xml"), WEB_XML);
            SourceCompiler.compile("webapp", 8, Files.createDirectories(inf.resolve("classes")), tomcat());
            for (Path library : libraries) {
                Files.copy(library, Files.createDirectories(inf.resolve("lib")).resolve(library.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the server. */
    static Path server(Path classes) {
        return SourceCompiler.compile("redeploy", 8, classes, tomcat());
    }

    /** Starts the server; {@code shared} are libraries that all its applications see. */
    static Deployments start(ChildJvm jvm, Path classes, Path base, Path webapp, Path... shared) {
        List<Path> classPath = new ArrayList<>(tomcat());
        classPath.add(classes);
        classPath.addAll(List.of(shared));
        return new Deployments(jvm.property("redeploy.base", base)
                .property("redeploy.webapp", webapp)
                .classPath(classPath)
                .mainClass("redeploy.RedeployServer")
                .start());
    }

    private static List<Path> tomcat() {
        return List.of(
                Lab.codeOf(org.apache.catalina.startup.Tomcat.class), Lab.codeOf(javax.annotation.PostConstruct.class));
    }

    void deploy() {
        get("/manager/deploy");
    }

    void undeploy() {
        get("/manager/undeploy");
    }

    /** The sessions that the page had, one after the other. */
    String[] visit() {
        return get("/app/visit").split(" ");
    }

    /** How many loaders of applications are alive, after waiting for no more than so many. */
    int loaders(int atMost) {
        return Integer.parseInt(get("/manager/loaders/" + atMost));
    }

    /** The names of all threads but those that answer requests, which Tomcat starts and ends as it likes. */
    List<String> threads() {
        return get("/manager/threads")
                .lines()
                .filter(name -> !name.startsWith("http-nio-"))
                .toList();
    }

    ChildResult stop() {
        get("/manager/stop");
        return child.await();
    }

    /** Leaves no server behind, whatever happened. */
    @Override
    public void close() {
        child.kill();
    }

    private String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.body() + "\n" + child.stderrSoFar());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path + "\n" + child.stderrSoFar(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
