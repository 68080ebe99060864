package io.poolshim.proxy;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the objects that a driver returns lead nowhere, and which can be wrapped. */
final class Values {
    private static final List<Class<?>> WRAPPED = Arrays.<Class<?>>asList(
            ResultSet.class,
            Statement.class,
            ResultSetMetaData.class,
            DatabaseMetaData.class,
            ParameterMetaData.class,
            Blob.class,
            Clob.class,
            Array.class,
            SQLXML.class,
            Struct.class,
            Ref.class,
            Savepoint.class,
            RowId.class);

    private static final Set<String> PLAIN = new HashSet<>(Arrays.asList(
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.util.Date",
            "java.util.UUID",
            "java.util.Locale",
            "java.net.URL",
            "java.net.URI",
            "java.io.ByteArrayInputStream",
            "java.io.StringReader"));

    private static final ClassValue<Boolean> HARMLESS = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            String name = type.getName();
            return type.isArray() && type.getComponentType().isPrimitive()
                    || type == String[].class
                    || type.isEnum()
                    || Throwable.class.isAssignableFrom(type)
                    || name.startsWith("java.lang.")
                    || name.startsWith("java.math.")
                    || name.startsWith("java.time.")
                    || PLAIN.contains(name);
        }
    };

    private Values() {}

    /** Nothing that the driver has can be reached from it, and nothing of the driver's changes with it. */
    static boolean isHarmless(@Nullable Object value) {
        return value == null || HARMLESS.get(value.getClass());
    }

    static boolean isWrapped(Object value) {
        for (Class<?> type : WRAPPED) {
            if (type.isInstance(value)) {
                return true;
            }
        }
        return false;
    }
}
