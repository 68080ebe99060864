package org.postgresql.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.PGStream;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.TypeInfo;
import org.postgresql.core.VisibleBufferedInputStream;
import org.postgresql.core.v3.QueryExecutorImpl;
import org.postgresql.util.LruCache;

/**
 * What the driver does not show, or shows in some of its versions only: looked up once, when this class is initialised.
 * The other classes name directly only what every version from 9.4.1212 on has.
 */
final class PoolshimAccess {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodHandle STREAM =
            getter(field(QueryExecutorBase.class, PGStream.class), QueryExecutor.class, PGStream.class);
    private static final Field INPUT = field(PGStream.class, VisibleBufferedInputStream.class);
    private static final MethodHandle GET_INPUT = getter(INPUT, PGStream.class, VisibleBufferedInputStream.class);
    private static final MethodHandle SET_INPUT = setter(INPUT); // PGStream, VisibleBufferedInputStream
    private static final MethodHandle WRAPPED = getter(
            field(VisibleBufferedInputStream.class, InputStream.class),
            VisibleBufferedInputStream.class,
            InputStream.class);
    private static final MethodHandle STATEMENTS =
            getter(field(QueryExecutorBase.class, "statementCache"), QueryExecutor.class, LruCache.class);
    private static final MethodHandle SET_EXECUTIONS = setter(field(CachedQuery.class, "executeCount"));
    private static final Class<?> SIMPLE_QUERY = simpleQuery();
    private static final MethodHandle SET_TYPES = setter(field(SIMPLE_QUERY, "preparedTypes"))
            .asType(MethodType.methodType(void.class, Query.class, int[].class));
    private static final MethodHandle STATEMENT_NAME = getter(
                    field(SIMPLE_QUERY, "statementName"), SIMPLE_QUERY, String.class)
            .asType(MethodType.methodType(String.class, Query.class));
    private static final MethodHandle FIELDS = getter(
                    field(SIMPLE_QUERY, "fields"), SIMPLE_QUERY, org.postgresql.core.Field[].class)
            .asType(MethodType.methodType(org.postgresql.core.Field[].class, Query.class));
    private static final MethodHandle UNKNOWN_LENGTH =
            getter(field(TypeInfoCache.class, int.class), TypeInfo.class, int.class); // under two names so far
    private static final List<MethodHandle> TYPE_MAPS = maps(TypeInfoCache.class);

    /** Since 42.2.0; also makes the stream obey the time-out, which from some 42.2.x on the socket alone does not. */
    private static final MethodHandle SET_TIMEOUT = orElse(
            find(PGStream.class, "setNetworkTimeout", void.class, int.class),
            MethodHandles.filterArguments(
                    find(Socket.class, "setSoTimeout", void.class, int.class),
                    0,
                    find(PGStream.class, "getSocket", Socket.class)));

    private static final Field EPOCH = field(QueryExecutorImpl.class, "deallocateEpoch");
    private static final MethodHandle GET_EPOCH = getter(EPOCH, QueryExecutor.class, short.class);
    private static final MethodHandle SET_EPOCH =
            setter(EPOCH).asType(MethodType.methodType(void.class, QueryExecutor.class, short.class));

    /** By a reference to each: none is missing that has a name on the server. */
    private static final MethodHandle PREPARED =
            getter(field(QueryExecutorImpl.class, "parsedQueryMap"), QueryExecutor.class, Map.class);

    /** 42.2.29, 42.3.10 and what came later; of 42.2.0 to 42.2.5 and 9.4.1212 a twin has shown that they do not. */
    static final boolean GIVES_TEXT_OF_PREPARED = isFrom(2, 29) || isFrom(3, 10) || minorVersion() > 3;

    private static final int INPUT_BUFFER = 8192; // as large as the driver makes it

    private PoolshimAccess() {}

    /** Whether the driver is 42.MINOR.PATCH, or one that came later with the same MINOR. */
    private static boolean isFrom(int minor, int patch) {
        return minorVersion() == minor && ofDriver("PATCH_VERSION") >= patch;
    }

    private static int minorVersion() {
        return ofDriver("MAJOR_VERSION") == 42 ? ofDriver("MINOR_VERSION") : 0;
    }

    /** Constants: a compiler would have put those of its own driver in. */
    private static int ofDriver(String constant) {
        try {
            Class<?> info = Class.forName("org.postgresql.util.DriverInfo", true, PgConnection.class.getClassLoader());
            return info.getField(constant).getInt(null);
        } catch (ReflectiveOperationException before42) {
            return 0;
        }
    }

    /** Initialises this class: an IncompatibleClassChangeError says what the driver lacks. */
    static void mustBeThere() {}

    static PGStream stream(QueryExecutor executor) {
        try {
            return (PGStream) STREAM.invokeExact(executor);
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** Makes the stream of an idle connection read by way of what this returns. */
    static PoolshimInput wrapInput(PGStream stream) throws IOException {
        try {
            VisibleBufferedInputStream old = (VisibleBufferedInputStream) GET_INPUT.invokeExact(stream);
            InputStream wrapped = (InputStream) WRAPPED.invokeExact(old);
            if (wrapped instanceof PoolshimInput) {
                return (PoolshimInput) wrapped;
            }
            boolean buffered = old.available() > wrapped.available();
            PoolshimInput input = new PoolshimInput(buffered ? old : wrapped);
            SET_INPUT.invokeExact(stream, new VisibleBufferedInputStream(input, INPUT_BUFFER));
            return input;
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    static void setTimeout(PGStream stream, int millis) throws IOException {
        try {
            SET_TIMEOUT.invokeExact(stream, millis);
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** What was prepared on the server is no more: the driver's COMMIT, too, which is in no cache. */
    static void forgetPrepared(QueryExecutor executor) {
        try {
            short epoch = (short) GET_EPOCH.invokeExact(executor);
            SET_EPOCH.invokeExact(executor, (short) (epoch + 1));
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** The names of what the driver has prepared on the server, and of some that are there no longer. */
    @SuppressWarnings("unchecked")
    static Collection<String> prepared(QueryExecutor executor) {
        try {
            return ((Map<Object, String>) (Map<?, ?>) PREPARED.invokeExact(executor)).values();
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    @SuppressWarnings("unchecked")
    static LruCache<Object, CachedQuery> statements(QueryExecutor executor) {
        try {
            return (LruCache<Object, CachedQuery>) (LruCache<?, ?>) STATEMENTS.invokeExact(executor);
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** How often a text was executed, as the driver counts. */
    static void setExecutions(CachedQuery query, int count) {
        try {
            SET_EXECUTIONS.invokeExact(query, count);
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** Whether the query is one statement that is sent as it is. */
    static boolean isSimple(Query query) {
        return query.getClass() == SIMPLE_QUERY;
    }

    /** A query that was closed keeps the types of its parameters, which a new one has not found out yet. */
    static void forgetTypes(Query simple) {
        try {
            SET_TYPES.invokeExact(simple, (int[]) null);
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** Whether the query is prepared on the server. */
    static boolean isPrepared(Query simple) {
        try {
            return (String) STATEMENT_NAME.invokeExact(simple) != null;
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** Whether it has given rows before. */
    static boolean givesRows(Query simple) {
        try {
            return (org.postgresql.core.Field[]) FIELDS.invokeExact(simple) != null;
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    static int unknownLength(TypeInfo types) {
        try {
            return (int) UNKNOWN_LENGTH.invokeExact(types);
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    /** Makes the second know the types that the first one knows, and no others. */
    @SuppressWarnings("unchecked")
    static void copyTypes(TypeInfo from, TypeInfo to) {
        try {
            for (MethodHandle map : TYPE_MAPS) {
                Map<Object, Object> target = (Map<Object, Object>) map.invokeExact(to);
                target.clear();
                target.putAll((Map<Object, Object>) map.invokeExact(from));
            }
        } catch (Throwable e) {
            throw PoolshimAccess.<RuntimeException>sneaky(e);
        }
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** The instance method; null if this version of the driver does not have it. */
    static MethodHandle find(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        try {
            return LOOKUP.findVirtual(owner, name, MethodType.methodType(result, parameters));
        } catch (NoSuchMethodException absent) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(owner.getName() + "." + name);
        }
    }

    static MethodHandle orElse(MethodHandle first, MethodHandle second) {
        return first != null ? first : second;
    }

    private static MethodHandle getter(Field field, Class<?> owner, Class<?> type) {
        try {
            return LOOKUP.unreflectGetter(field).asType(MethodType.methodType(type, owner));
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(field.toString());
        }
    }

    private static MethodHandle setter(Field field) {
        try {
            return LOOKUP.unreflectSetter(field);
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(field.toString());
        }
    }

    private static Class<?> simpleQuery() {
        try {
            return Class.forName("org.postgresql.core.v3.SimpleQuery", true, PgConnection.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new NoSuchFieldError(owner.getName() + "." + name);
        }
    }

    /** The only instance field of the type: some have changed their names. */
    private static Field field(Class<?> owner, Class<?> type) {
        List<Field> fields = fields(owner, type);
        if (fields.size() != 1) {
            throw new NoSuchFieldError(fields.size() + " fields of type " + type.getName() + " in " + owner.getName());
        }
        return fields.get(0);
    }

    private static List<Field> fields(Class<?> owner, Class<?> type) {
        List<Field> found = new ArrayList<Field>();
        for (Field field : owner.getDeclaredFields()) {
            if (field.getType() == type && !Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                found.add(field);
            }
        }
        return found;
    }

    private static List<MethodHandle> maps(Class<?> owner) {
        List<MethodHandle> maps = new ArrayList<MethodHandle>();
        for (Field field : fields(owner, Map.class)) {
            maps.add(getter(field, TypeInfo.class, Map.class));
        }
        return maps;
    }
}
