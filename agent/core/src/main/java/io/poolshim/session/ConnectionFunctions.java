package io.poolshim.session;

import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is done with one physical connection at every borrow and return, by its driver's side. */
final class ConnectionFunctions {
    private final BiFunction<@Nullable Object, Object, Object> bind;
    private final Predicate<Boolean> usable;
    private final IntPredicate restore;
    private final BooleanSupplier unsent;
    private final Runnable flush;

    /** {@code {bind, usable, restore, unsent, flush}}, as the driver's side makes them. */
    @SuppressWarnings("unchecked")
    ConnectionFunctions(Object[] functions) {
        bind = (BiFunction<@Nullable Object, Object, Object>) functions[0];
        usable = (Predicate<Boolean>) functions[1];
        restore = (IntPredicate) functions[2];
        unsent = (BooleanSupplier) functions[3];
        flush = (Runnable) functions[4];
    }

    /** See {@link PhysicalConnection#bind}. */
    Object bind(@Nullable Object shell, BiFunction<Object, Object, Object> agent) {
        return bind.apply(shell, agent);
    }

    /** Whether the connection works, as far as can be told without a round trip; a longer look takes a millisecond. */
    boolean isUsable(boolean longerLook) {
        return usable.test(longerLook);
    }

    /** Makes the session as it was when it was new, as {@link Restore} says; false if it cannot be handed on. */
    boolean restore(int how) {
        return restore.test(how);
    }

    /** Whether there is something for {@link #flush}. */
    boolean isUnsent() {
        return unsent.getAsBoolean();
    }

    /** Sends what {@link #restore} left to be sent with the next statement, if nobody has the connection. */
    void flush() {
        flush.run();
    }
}
