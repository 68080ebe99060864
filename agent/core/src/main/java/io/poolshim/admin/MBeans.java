package io.poolshim.admin;

import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.registry.PoolRegistry;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * Registers one MBean for the agent and one for each name of a pool with the platform's MBean server, and takes those back
 * whose pools are gone; to be run now and then. The first who asks the platform for its MBean server makes it, and decides
 * of which kind it is for the whole JVM: that is left to the application, unless the settings say otherwise.
 */
public final class MBeans implements Runnable {
    /** How often to look, in milliseconds. */
    public static final long PERIOD = 1_000;

    private static final String DOMAIN = "io.poolshim:type=";

    private final PoolRegistry registry;
    private final Control control;
    private final AgentBean agent;
    private final boolean make;
    private final Map<String, ObjectName> registered = new HashMap<>();
    private @Nullable MBeanServer server;

    /** {@code make}: the platform's MBean server, if there is none yet. */
    MBeans(PoolRegistry registry, Control control, AgentBean agent, boolean make) {
        this.registry = registry;
        this.control = control;
        this.agent = agent;
        this.make = make;
    }

    @Override
    public void run() {
        try {
            MBeanServer there = server();
            if (there != null) {
                update(there);
            }
        } catch (JMException | RuntimeException | LinkageError e) {
            Log.swallowed("registering MBeans", e);
        }
    }

    private @Nullable MBeanServer server() throws JMException {
        if (server == null) {
            server = make ? ManagementFactory.getPlatformMBeanServer() : platformServer();
            if (server != null) {
                register(server, agent, AgentMXBean.class, new ObjectName(DOMAIN + "Agent"));
            }
        }
        return server;
    }

    /** The platform's, known by its own MBeans; null if nobody has asked for it yet. */
    private static @Nullable MBeanServer platformServer() throws JMException {
        ObjectName runtime = new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
        for (MBeanServer any : MBeanServerFactory.findMBeanServer(null)) {
            if (any.isRegistered(runtime)) {
                return any;
            }
        }
        return null;
    }

    private void update(MBeanServer there) throws JMException {
        Set<String> names = new HashSet<>();
        for (ConnectionPool pool : registry.current()) {
            names.add(pool.name());
        }
        for (String name : names) {
            if (!registered.containsKey(name)) {
                ObjectName bean = new ObjectName(DOMAIN + "Pool,name=" + ObjectName.quote(name));
                registered.put(name, bean); // first: what cannot be registered is not tried again and again
                register(there, new PoolBean(name, registry, control), PoolMXBean.class, bean);
            }
        }
        Set<String> gone = new HashSet<>(registered.keySet());
        gone.removeAll(names);
        for (String name : gone) {
            ObjectName bean = registered.remove(name);
            if (there.isRegistered(bean)) {
                there.unregisterMBean(bean);
            }
        }
    }

    private static <T> void register(MBeanServer there, T bean, Class<T> type, ObjectName name) throws JMException {
        if (there.isRegistered(name)) {
            Log.once(Log.Level.WARN, "there is an MBean " + name + " already; the agent's is not registered");
        } else {
            there.registerMBean(new StandardMBean(bean, type, true), name);
        }
    }
}
