package io.poolshim.benchmark.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Who serves connections, and who makes spans of what is done with them. */
enum Tracing {
    /** HikariCP, and nobody. */
    HIKARI("HikariCP", "hikari"),

    /** HikariCP, and OpenTelemetry's library around it. */
    LIBRARY("HikariCP + opentelemetry-jdbc", "opentelemetry-jdbc"),

    /** HikariCP, and OpenTelemetry's agent. */
    JAVAAGENT("HikariCP + OpenTelemetry javaagent", "javaagent") {
        @Override
        List<String> ownArguments() {
            String jar = System.getProperty(
                    "benchmark.javaagent", "integration-tests/benchmark/target/agents/opentelemetry-javaagent.jar");
            return Arrays.asList("-javaagent:" + jar, "-Dotel.javaagent.logging=none"); // of each drop
        }
    },

    /** Poolshim does both; a loan and its wait have spans, too. */
    POOLSHIM("Poolshim", "poolshim") {
        @Override
        List<String> ownArguments() {
            return Collections.singletonList(
                    "-javaagent:" + System.getProperty("benchmark.agent", "agent/jar/target/poolshim.jar"));
        }

        @Override
        String off() {
            return "-Dpoolshim.telemetry=off";
        }
    },

    /** The same with sessions that are left as they are where nothing was left in them. */
    PROVEN("Poolshim, session.reset=proven", "proven") {
        @Override
        List<String> ownArguments() {
            List<String> arguments = new ArrayList<>(POOLSHIM.ownArguments());
            arguments.add("-Dpoolshim.session.reset=proven");
            return arguments;
        }

        @Override
        String off() {
            return POOLSHIM.off();
        }
    };

    final String title;
    final String id;

    Tracing(String title, String id) {
        this.title = title;
        this.id = id;
    }

    /** What starts it. */
    List<String> ownArguments() {
        return Collections.emptyList();
    }

    /** What makes it make nothing. */
    String off() {
        return "-Dotel.sdk.disabled=true";
    }
}
