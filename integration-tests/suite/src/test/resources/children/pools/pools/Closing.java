package pools;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections whose {@code close()} gives them back instead. */
interface Closing {
    void giveBack(Connection connection) throws SQLException;

    static Connection by(Closing pool, Connection connection) {
        Class<?>[] types = {Connection.class};
        return (Connection) Proxy.newProxyInstance(Closing.class.getClassLoader(), types, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                pool.giveBack(connection);
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
