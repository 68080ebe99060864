package io.poolshim.redirect;

import java.util.Collections;
import java.util.function.Predicate;

/** Whether a class is the application's own by its name alone: it may not be loaded yet. Neither a library's nor a pool's is. */
public final class OwnClasses implements Predicate<String> {
    private final Callers callers = new Callers(Collections.emptyList());

    @Override
    public boolean test(String className) {
        return ApplicationCode.contains(className) && !callers.isListed(className);
    }
}
