package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.semconv.CodeAttributes;
import io.opentelemetry.semconv.DbAttributes;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import io.opentelemetry.semconv.incubating.CodeIncubatingAttributes;
import io.opentelemetry.semconv.incubating.DbIncubatingAttributes;
import io.opentelemetry.semconv.incubating.DbIncubatingAttributes.DbClientConnectionStateIncubatingValues;
import io.opentelemetry.semconv.incubating.DbIncubatingAttributes.DbSystemNameIncubatingValues;
import io.opentelemetry.semconv.incubating.DbIncubatingMetrics;
import io.poolshim.proxy.InterfaceProfile;
import io.poolshim.session.PostgresProfile;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name that leaves the JVM is one of the semantic conventions, as their own artifact has it, or begins with ours. */
class SemanticConventionsTest {
    private static final String OURS = "poolshim.";

    /** A name that became stable is deprecated in the second kind of class, so what is said first counts. */
    private static final List<Class<?>> ATTRIBUTES = Arrays.asList(
            DbAttributes.class,
            ServerAttributes.class,
            ErrorAttributes.class,
            CodeAttributes.class,
            DbIncubatingAttributes.class,
            CodeIncubatingAttributes.class);

    /** One constant of the artifact. */
    private static final class Constant {
        final Object value;
        final boolean deprecated;

        Constant(Field field) {
            try {
                value = field.get(null);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            deprecated = field.isAnnotationPresent(Deprecated.class);
        }
    }

    private static Map<String, Constant> attributes() {
        Map<String, Constant> attributes = new HashMap<>();
        for (Class<?> type : ATTRIBUTES) {
            for (Field field : type.getFields()) {
                Constant constant = new Constant(field);
                if (constant.value instanceof AttributeKey) {
                    attributes.putIfAbsent(((AttributeKey<?>) constant.value).getKey(), constant);
                }
            }
        }
        return attributes;
    }

    private static AttributeType type(Attribute.Type type) {
        switch (type) {
            case NUMBER:
                return AttributeType.LONG;
            case SECONDS:
                return AttributeType.DOUBLE;
            default:
                return AttributeType.STRING;
        }
    }

    @ParameterizedTest
    @EnumSource(Attribute.class)
    void attribute_isOfTheConventionsOrOurs(Attribute attribute) {
        if (attribute.key.startsWith(OURS)) {
            return;
        }
        Constant constant = attributes().get(attribute.key);
        assertNotNull(constant, attribute.key);
        assertEquals(type(attribute.type), ((AttributeKey<?>) constant.value).getType(), attribute.key);
        assertEquals(
                attribute.name().startsWith("OLD_"), // for whoever asks for both
                constant.deprecated,
                attribute.key + " is deprecated or not");
    }

    /** What the constant beside that of the name says; fails if there is none, or if it is deprecated. */
    private static String ofMetric(String name, String what) throws ReflectiveOperationException {
        for (Field field : DbIncubatingMetrics.class.getFields()) {
            if (field.getName().endsWith("_NAME") && field.get(null).equals(name)) {
                assertFalse(field.isAnnotationPresent(Deprecated.class), name);
                String constant = field.getName().replaceFirst("_NAME$", "_" + what);
                return (String) DbIncubatingMetrics.class.getField(constant).get(null);
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void metric_isOfTheConventionsOrOurs() throws Exception {
        Map<String, String> units = units(false);
        assertTrue(units.size() > 15, units::toString);
        for (Map.Entry<String, String> metric : units.entrySet()) {
            if (!metric.getKey().startsWith(OURS)) {
                assertEquals(ofMetric(metric.getKey(), "UNIT"), metric.getValue(), metric.getKey());
            }
        }
    }

    @Test
    void metricThatComesTwice_hasANewNameToo() {
        Set<String> old = new HashSet<>(units(true).keySet());
        old.removeAll(units(false).keySet());
        assertEquals(Collections.singleton("db.client.connection.max"), old);
        assertThrows(AssertionError.class, () -> ofMetric("db.client.connection.max", "UNIT"), "it is not deprecated");
    }

    /** Of all metrics, by name. */
    private static Map<String, String> units(boolean oldNames) {
        AskedInstruments asked = new AskedInstruments();
        try (OpenTelemetrySdk sdk = sdk(new MetricsInMemory())) {
            MeasuresOf.own(asked.of(sdk.getMeter("io.poolshim")), new Pools(), oldNames);
        }
        return asked.units();
    }

    private static OpenTelemetrySdk sdk(MetricsInMemory metrics) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(PeriodicMetricReader.create(metrics))
                        .build())
                .build();
    }

    @Test
    void system_isOfTheConventions() {
        assertEquals(DbAttributes.DbSystemNameValues.POSTGRESQL, new PostgresProfile().system());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2",
                "hsqldb",
                "derby",
                "sqlite",
                "mysql",
                "mariadb",
                "oracle",
                "sqlserver",
                "jtds",
                "db2",
                "firebirdsql",
                "unheardof"
            })
    void systemOfAnUnknownDriver_isOfTheConventions(String scheme) {
        Set<Object> values = new HashSet<>();
        for (Class<?> type : Arrays.asList(DbAttributes.DbSystemNameValues.class, DbSystemNameIncubatingValues.class)) {
            for (Field field : type.getFields()) {
                values.add(new Constant(field).value);
            }
        }
        String system = new InterfaceProfile("a.Driver", "jdbc:" + scheme + ":x").system();
        assertTrue(values.contains(system), system);
    }

    @Test
    void states_areThoseOfTheConventions() throws Exception {
        MetricsInMemory metrics = new MetricsInMemory();
        Pools pools = new Pools();
        try (OpenTelemetrySdk sdk = sdk(metrics)) {
            Telemetry telemetry = new LateTelemetry(
                    () -> MetricTelemetry.beside(
                            Telemetry.NONE, MeasuresOf.own(sdk.getMeter("io.poolshim"), pools, false), null),
                    pools,
                    null);
            try (TracedPool pool = new TracedPool(telemetry)) {
                pool.giveBack(pool.borrow());
                sdk.getSdkMeterProvider().forceFlush().join(10, TimeUnit.SECONDS);
            }
        }
        Set<String> states = metrics.named("db.client.connection.count").getLongSumData().getPoints().stream()
                .map(LongPointData::getAttributes)
                .map(attributes -> attributes.get(DbIncubatingAttributes.DB_CLIENT_CONNECTION_STATE))
                .collect(Collectors.toSet());
        assertEquals(
                new HashSet<>(Arrays.asList(
                        DbClientConnectionStateIncubatingValues.USED, DbClientConnectionStateIncubatingValues.IDLE)),
                states);
    }
}
