package io.poolshim.reclaim;

import io.poolshim.pool.BorrowRecord;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/** A loan of which the application may let go; the record keeps it for as long as the loan lasts. */
final class Leak extends PhantomReference<Object> {
    final BorrowRecord record;
    final @Nullable Throwable stack;

    Leak(Object borrowed, ReferenceQueue<Object> dropped, BorrowRecord record, @Nullable Throwable stack) {
        super(borrowed, dropped);
        this.record = record;
        this.stack = stack;
    }

    /** The stack of the borrow from the application's call on, each frame on a line of its own; empty if not kept. */
    String stackText() {
        StringBuilder text = new StringBuilder();
        if (stack != null) {
            boolean inApplication = false;
            for (StackTraceElement frame : stack.getStackTrace()) {
                if (inApplication) {
                    text.append(System.lineSeparator()).append("    at ").append(frame);
                }
                inApplication |= frame.getClassName().equals("java.sql.DriverManager");
            }
        }
        return text.toString();
    }
}
