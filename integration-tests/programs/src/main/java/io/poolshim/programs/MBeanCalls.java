package io.poolshim.programs;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** What a console would do with MBeans: {@code get NAME ATTRIBUTE}, {@code call NAME OPERATION ARGUMENTS}, {@code list PATTERN}, or {@code servers}. */
final class MBeanCalls {
    private MBeanCalls() {}

    static String perform(String... words) throws Exception {
        if (words[0].equals("servers")) {
            return String.valueOf(MBeanServerFactory.findMBeanServer(null).size());
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(words[1]);
        switch (words[0]) {
            case "list":
                return server.queryNames(name, null).toString();
            case "get":
                return String.valueOf(server.getAttribute(name, words[2]));
            case "call":
                return String.valueOf(call(server, name, words[2], Arrays.copyOfRange(words, 3, words.length)));
            default:
                throw new IllegalArgumentException(words[0]);
        }
    }

    private static Object call(MBeanServer server, ObjectName name, String operation, String[] texts) throws Exception {
        for (MBeanOperationInfo info : server.getMBeanInfo(name).getOperations()) {
            if (info.getName().equals(operation) && info.getSignature().length == texts.length) {
                Object[] arguments = new Object[texts.length];
                String[] types = new String[texts.length];
                for (int i = 0; i < texts.length; i++) {
                    types[i] = info.getSignature()[i].getType();
                    arguments[i] = types[i].equals("int") ? (Object) Integer.valueOf(texts[i]) : texts[i];
                }
                return server.invoke(name, operation, arguments, types);
            }
        }
        throw new IllegalArgumentException("no operation " + operation);
    }
}
