package io.poolshim.programs.stress;

import java.sql.PreparedStatement;
import java.sql.Statement;

/** A call of something whose connection is closed. */
final class StaleUse {
    final String name;
    private final Class<?> type;
    private final Call<Object> call;

    private StaleUse(String name, Class<?> type, Call<Object> call) {
        this.name = name;
        this.type = type;
        this.call = call;
    }

    static <T> StaleUse of(Class<T> type, String name, Call<T> call) {
        return new StaleUse(name, type, (handle, n) -> call.on(type.cast(handle), n));
    }

    boolean fits(Object handle) {
        boolean prepared = handle instanceof PreparedStatement; // which refuses anyhow what a Statement can do
        return type.isInstance(handle) && !(prepared && type == Statement.class);
    }

    /** Makes it: null if it did nothing, as it should; else what it wrongly did. */
    String on(Object handle, int n) throws Exception {
        return call.on(handle, n);
    }

    /** What is done with a handle of that type. */
    interface Call<T> {
        /**
         * Does it.
         *
         * @return null if it did nothing, as it should; else what it wrongly did
         * @throws Exception the refusal
         */
        String on(T handle, int n) throws Exception;
    }
}
