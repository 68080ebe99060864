package io.poolshim.instrument;

import io.poolshim.log.Log;
import io.poolshim.session.ShellProfile;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Gets the agent's comments into the texts that drivers send. */
public final class SentTexts {
    private static final String COMMENTS = "PoolshimComments";

    private final Instrumentation instrumentation;
    private final ClassDefiner definer;
    private final BiFunction<Object, Object, Object> comments;
    private final SentTextWeaver weaver = new SentTextWeaver();

    /**
     * For all drivers.
     *
     * @param comments {text, is it for one execution only?} to the text to be sent in its place; must not throw
     */
    public SentTexts(
            Instrumentation instrumentation, ClassDefiner definer, BiFunction<Object, Object, Object> comments) {
        this.instrumentation = instrumentation;
        this.definer = definer;
        this.comments = comments;
        instrumentation.addTransformer(weaver, true);
    }

    /** False, and a line in the log, if this version of the driver sends its texts in a way that is not known. */
    boolean prepare(ShellProfile profile, Class<?> connectionClass) {
        boolean prepared = false;
        try {
            Class<?> sender = Class.forName(profile.senderClass(), false, connectionClass.getClassLoader());
            prepared = isKnown(profile, sender) && weave(profile, connectionClass, sender);
        } catch (Exception | LinkageError e) {
            Log.debug("the driver's executor is not woven: " + e);
        }
        if (!prepared) {
            Log.warn("statements carry no comment with this version of " + profile.driverClass()
                    + ": it sends them in a way that is not known");
        }
        return prepared;
    }

    private static boolean isKnown(ShellProfile profile, Class<?> sender) throws java.io.IOException {
        return SentTextWeaver.woven(DriverPreparer.driverClassFile(sender), profile.packageName() + COMMENTS) != null;
    }

    @SuppressWarnings("unchecked") // of the consumer
    private boolean weave(ShellProfile profile, Class<?> connectionClass, Class<?> sender) throws Exception {
        String name = profile.packageName() + COMMENTS;
        Class<?> type = definer.define(connectionClass, name, DriverPreparer.helperClassFile(profile, name));
        DriverPreparer.instance(type, Consumer.class).accept(comments);
        weaver.weave(sender, name);
        try {
            DriverPreparer.retransform(instrumentation, sender);
            return true;
        } catch (Exception | LinkageError e) {
            weaver.forget(sender);
            throw e;
        }
    }
}
