package io.poolshim.pool;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The agent's threads: daemons that take nothing over from the application's thread that happens to start them, no
 * context class loader, no access context, no inheritable thread-local.
 */
public final class AgentThreads implements ThreadFactory {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;

    public AgentThreads(String name) {
        this.name = "poolshim " + name;
    }

    @Override
    public Thread newThread(Runnable task) {
        String threadName = name + " " + NUMBER.incrementAndGet();
        Thread thread = privileged(() -> Bare.create(task, threadName));
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Gone from the JVM some day; until then a thread inherits the access context of its creator. */
    @SuppressWarnings("removal")
    private static Thread privileged(PrivilegedAction<Thread> creation) {
        return AccessController.doPrivileged(creation);
    }

    /** The scheduler that all pools share; its one thread ends when there has been nothing to do for a while. */
    public static ScheduledThreadPoolExecutor scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, new AgentThreads("scheduler"));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    /** A thread without inheritable thread-locals: by a constructor from Java 9 on, by its field on Java 8. */
    private static final class Bare {
        private static final @Nullable Constructor<Thread> CONSTRUCTOR = constructor();
        private static final @Nullable Field INHERITED = CONSTRUCTOR == null ? field() : null;

        static Thread create(Runnable task, String name) {
            try {
                if (CONSTRUCTOR != null) {
                    return CONSTRUCTOR.newInstance(rootGroup(), task, name, 0L, false);
                }
                Thread thread = new Thread(rootGroup(), task, name);
                if (INHERITED != null) {
                    INHERITED.set(thread, null);
                }
                return thread;
            } catch (ReflectiveOperationException e) {
                return new Thread(task, name);
            }
        }

        /** The application may destroy the group of the thread that happens to be here. */
        private static ThreadGroup rootGroup() {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            while (group.getParent() != null) {
                group = group.getParent();
            }
            return group;
        }

        private static @Nullable Constructor<Thread> constructor() {
            try {
                return Thread.class.getConstructor(
                        ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);
            } catch (NoSuchMethodException java8) {
                return null;
            }
        }

        private static @Nullable Field field() {
            try {
                Field field = Thread.class.getDeclaredField("inheritableThreadLocals");
                field.setAccessible(true);
                return field;
            } catch (ReflectiveOperationException | RuntimeException anotherVm) {
                return null;
            }
        }
    }
}
