package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AgentThreadsTest {
    private final AgentThreads threads = new AgentThreads("test");

    @Test
    void newThread_isADaemonOfTheAgentsName() {
        Thread thread = threads.newThread(() -> {});
        assertTrue(thread.isDaemon());
        assertTrue(thread.getName().startsWith("poolshim test "), thread.getName());
        assertNotEquals(thread.getName(), threads.newThread(() -> {}).getName());
    }

    @Test
    void newThread_takesNothingOverFromItsCreator() throws Exception {
        InheritableThreadLocal<String> secret = new InheritableThreadLocal<>();
        AtomicReference<Object> inherited = new AtomicReference<>("never ran");
        ThreadGroup group = new ThreadGroup("the application's");
        AtomicReference<Thread> made = new AtomicReference<>();
        Thread creator = new Thread(group, () -> {
            secret.set("the application's");
            Thread.currentThread().setContextClassLoader(new ClassLoader() {});
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            made.set(threads.newThread(() -> inherited.set(secret.get())));
        });
        creator.start();
        creator.join();
        Thread thread = made.get();
        assertNull(thread.getContextClassLoader());
        assertEquals(Thread.NORM_PRIORITY, thread.getPriority());
        assertNull(thread.getThreadGroup().getParent(), "in the root group");
        thread.start();
        thread.join();
        assertNull(inherited.get());
    }

    @Test
    void scheduler_runsTasksInAnAgentThreadAndForgetsCancelledOnes() throws Exception {
        ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
        try {
            CountDownLatch ran = new CountDownLatch(1);
            AtomicReference<Thread> in = new AtomicReference<>();
            scheduler.execute(() -> {
                in.set(Thread.currentThread());
                ran.countDown();
            });
            assertTrue(ran.await(20, TimeUnit.SECONDS));
            assertTrue(in.get().isDaemon());
            assertTrue(in.get().getName().startsWith("poolshim scheduler"));
            ScheduledFuture<?> later = scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
            later.cancel(false);
            assertEquals(0, scheduler.getQueue().size());
            assertTrue(scheduler.allowsCoreThreadTimeOut());
            assertFalse(scheduler.getExecuteExistingDelayedTasksAfterShutdownPolicy());
        } finally {
            scheduler.shutdownNow();
        }
    }
}
