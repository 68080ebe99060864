package org.postgresql.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a loan tells the agent, the physical connection being a mere object. */
class PoolshimLoanTest {
    private final List<Object> told = new ArrayList<>();
    private Error failure;
    private PoolshimLoan loan;

    @BeforeEach
    void borrow() throws ReflectiveOperationException {
        loan = new PoolshimLoan(
                withoutConstructor(PgConnection.class),
                this::tell,
                withoutConstructor(PoolshimState.class),
                new PoolshimCommands(null, null));
    }

    private static <T> T withoutConstructor(Class<T> type) throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return type.cast(unsafe.getMethod("allocateInstance", Class.class).invoke(instance.get(null), type));
    }

    private Object tell(Object event, Object argument) {
        told.add(event);
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    @Test
    void close_twiceIsToldOnce() {
        loan.enter();
        loan.exit();
        loan.close();
        loan.close();
        assertEquals(Arrays.asList("close"), told);
    }

    @Test
    void close_withoutAnyCallSaysSo() {
        loan.close();
        assertEquals(Arrays.asList("close-unused"), told);
    }

    @Test
    void close_thatEndedInAnErrorIsGoneOnWith() {
        failure = new StackOverflowError();
        assertThrows(StackOverflowError.class, loan::close);
        failure = null;
        loan.close();
        loan.close();
        assertEquals(Arrays.asList("close-unused", "close-unused"), told);
    }

    @Test
    void close_whileACallRunsSaysSo() {
        loan.enter();
        loan.close();
        loan.exit();
        assertEquals(Arrays.asList("close-busy"), told);
    }

    /** At the end of the stack enter() may fail before it counts, and exit() follows all the same. */
    @Test
    void close_afterACallThatWasNotCountedIsTakenForBusy() {
        loan.exit();
        loan.enter();
        loan.close();
        assertEquals(Arrays.asList("close-busy"), told);
    }

    @Test
    void created_tellsOfAStatementThatIsNotTheShells() throws SQLException {
        Connection shell = of(Connection.class, null);
        loan.created(of(Statement.class, of(Connection.class, null)), shell);
        loan.created(of(Statement.class, of(Connection.class, null)), shell);
        assertEquals(Arrays.asList("foreign-statement"), told, "once is enough");
    }

    @Test
    void created_isSilentAboutTheShellsOwn() throws SQLException {
        Connection shell = of(Connection.class, null);
        loan.created(of(Statement.class, shell), shell);
        assertEquals(Collections.emptyList(), told);
    }

    private static <T> T of(Class<T> type, Connection connection) {
        InvocationHandler answer = (proxy, method, arguments) -> connection;
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }
}
