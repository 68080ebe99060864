package io.poolshim.start;

import io.poolshim.session.DriverProfile;
import io.poolshim.wrap.Borrowing;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What was prepared for a connection class, kept with that class so that both go together. */
final class DriverCache implements BiFunction<DriverProfile, Class<?>, Borrowing> {
    private static final class Slot {
        boolean done;

        @Nullable Borrowing borrowing;
    }

    private final BiFunction<DriverProfile, Class<?>, Borrowing> prepare;
    private final ClassValue<Slot> slots = new ClassValue<Slot>() {
        @Override
        protected Slot computeValue(Class<?> type) {
            return new Slot(); // may run twice at once, and one wins: so nothing is prepared here
        }
    };

    DriverCache(BiFunction<DriverProfile, Class<?>, Borrowing> prepare) {
        this.prepare = prepare;
    }

    @Override
    public @Nullable Borrowing apply(DriverProfile profile, Class<?> connectionClass) {
        Slot slot = slots.get(connectionClass);
        synchronized (slot) {
            if (!slot.done) {
                slot.borrowing = prepare.apply(profile, connectionClass);
                slot.done = true;
            }
            return slot.borrowing;
        }
    }
}
