package io.poolshim.session;

import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is done with one physical connection at every borrow and return, by its driver's side. */
final class ConnectionFunctions {
    private final BiFunction<@Nullable Object, Object, Object> bind;
    private final Predicate<Boolean> usable;
    private final BiPredicate<Boolean, Boolean> restore;

    /** {@code {bind, usable, restore}}, as the driver's side makes them. */
    @SuppressWarnings("unchecked")
    ConnectionFunctions(Object[] functions) {
        bind = (BiFunction<@Nullable Object, Object, Object>) functions[0];
        usable = (Predicate<Boolean>) functions[1];
        restore = (BiPredicate<Boolean, Boolean>) functions[2];
    }

    /** See {@link PhysicalConnection#bind}. */
    Object bind(@Nullable Object shell, BiFunction<Object, Object, Object> agent) {
        return bind.apply(shell, agent);
    }

    /** Whether the connection works, as far as can be told without a round trip; a longer look takes a millisecond. */
    boolean isUsable(boolean longerLook) {
        return usable.test(longerLook);
    }

    /** Makes the session as it was when it was new; false if it cannot be handed on. */
    boolean restore(boolean rollback, boolean discard) {
        return restore.test(rollback, discard);
    }
}
