package io.poolshim.log;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Events for JDK Flight Recorder, which Java 8 may lack and a modular application may leave out: {@code poolshim.Borrow} for a
 * wait for a place, {@code poolshim.Incident}. Nothing is registered before somebody records.
 */
public final class FlightEvents {
    private static final @Nullable FlightRecorder RECORDER = FlightRecorder.find();

    private static final AtomicReference<@Nullable FlightEvent> BORROW = new AtomicReference<>();
    private static final AtomicReference<@Nullable FlightEvent> INCIDENT = new AtomicReference<>();

    private FlightEvents() {}

    /** A wait begins; what {@link #waited} is to be given, or null if nobody records. */
    public static @Nullable Object waiting() {
        FlightEvent event = event(BORROW, "Borrow", "1 ms", "pool", "place");
        return event == null ? null : event.begin();
    }

    /** It ended. */
    public static void waited(@Nullable Object begun, String pool, String place) {
        FlightEvent event = begun == null ? null : BORROW.get();
        if (event != null) {
            event.commit(begun, pool, place);
        }
    }

    /** Something went wrong. */
    public static void incident(String pool, String cause) {
        FlightEvent event = event(INCIDENT, "Incident", "0 ms", "pool", "cause");
        if (event != null) {
            event.commit(event.begin(), pool, cause);
        }
    }

    private static @Nullable FlightEvent event(
            AtomicReference<@Nullable FlightEvent> kind, String name, String threshold, String... fields) {
        FlightRecorder recorder = RECORDER;
        if (recorder == null || !recorder.isRecording()) {
            return null;
        }
        FlightEvent known = kind.get();
        if (known == null) {
            known = recorder.define("poolshim." + name, threshold, fields);
            if (!kind.compareAndSet(null, known)) {
                known = kind.get();
            }
        }
        return known;
    }
}
