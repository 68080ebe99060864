package io.poolshim.instrument;

import io.poolshim.session.ShellProfile;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the query executor that a shell's statements see: each call goes, counted, to the executor of whatever the loan
 * then leads to, and tells the agent of queries. It is also its own factory, a {@code Function} from loan to executor.
 */
final class ExecutorGenerator {
    private static final String FIELD = "loan";

    private final ShellProfile profile;
    private final String name;
    private final String executor;
    private final String connection;
    private final String loan;
    private final String comments;
    private final boolean commenting;
    private final ClassWriter writer = Delegation.newWriter();

    private ExecutorGenerator(ShellProfile profile, boolean commenting) {
        this.profile = profile;
        this.commenting = commenting;
        String folder = profile.packageName().replace('.', '/');
        this.name = folder + "PoolshimExecutor";
        this.loan = folder + "PoolshimLoan";
        this.comments = folder + "PoolshimComments";
        this.executor = profile.executorInterface().replace('.', '/');
        this.connection = profile.connectionClass().replace('.', '/');
    }

    /** {@code commenting}: whether what is executed is to be commented, see {@link SentTextWeaver}. */
    static byte[] generate(ShellProfile profile, Class<?> executorInterface, boolean commenting) {
        return new ExecutorGenerator(profile, commenting).generate(executorInterface);
    }

    private byte[] generate(Class<?> executorInterface) {
        writer.visit(
                Opcodes.V1_8,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                "java/lang/Object",
                new String[] {executor, "java/util/function/Function"});
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, FIELD, "L" + loan + ";", null, null)
                .visitEnd();
        constructors();
        factory();
        Set<String> done = new HashSet<>();
        for (Method method : executorInterface.getMethods()) {
            String descriptor = Type.getMethodDescriptor(method);
            if (Modifier.isAbstract(method.getModifiers()) && done.add(method.getName() + descriptor)) {
                delegate(method, descriptor);
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void constructors() {
        MethodVisitor none = constructor("()V");
        none.visitInsn(Opcodes.ACONST_NULL);
        endConstructor(none);
        MethodVisitor withLoan = constructor("(L" + loan + ";)V");
        withLoan.visitVarInsn(Opcodes.ALOAD, 1);
        endConstructor(withLoan);
    }

    private MethodVisitor constructor(String descriptor) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", descriptor, null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        return method;
    }

    private void endConstructor(MethodVisitor method) {
        method.visitFieldInsn(Opcodes.PUTFIELD, name, FIELD, "L" + loan + ";");
        Delegation.end(method, Type.VOID_TYPE);
    }

    private void factory() {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, name);
        method.visitInsn(Opcodes.DUP);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitTypeInsn(Opcodes.CHECKCAST, loan);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "(L" + loan + ";)V", false);
        Delegation.end(method, Type.getType(Object.class));
    }

    private void delegate(Method member, String descriptor) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, member.getName(), descriptor, null, null);
        method.visitCode();
        if (profile.sendingMethods().contains(member.getName())) {
            loadLoan(method);
            if (member.getName().equals("execute")) {
                method.visitVarInsn(Opcodes.ALOAD, 1);
            } else {
                method.visitInsn(Opcodes.ACONST_NULL);
            }
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "beforeStatement", "(Ljava/lang/Object;)V", false);
        }
        if (profile.executorTaintingMethods().contains(member.getName())) {
            loadLoan(method);
            method.visitLdcInsn(member.getName());
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "taint", "(Ljava/lang/String;)V", false);
        }
        if (member.getName().equals("willHealOnRetry")) {
            orBeginsAgain(method);
        }
        new Delegation(loan, this::loadLoan).call(method, descriptor, target -> {
            target.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "enter", "()L" + connection + ";", false);
            target.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, connection, "getQueryExecutor", "()L" + executor + ";", false);
            if (member.getName().equals("execute")) {
                observed(target, "execute", descriptor, this::queryStarts);
            } else if (member.getName().equals("fetch")) {
                observed(target, "fetch", descriptor, this::fetchStarts);
            } else {
                before(target, member.getName());
                invoke(target, member.getName(), descriptor);
                afterwards(target, member.getName());
            }
        });
    }

    /** {@code willHealOnRetry(SQLException)}, boolean. */
    private void orBeginsAgain(MethodVisitor method) {
        Label heals = new Label();
        loadLoan(method);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "beginsAgain", "(Ljava/sql/SQLException;)Z", false);
        method.visitJumpInsn(Opcodes.IFEQ, heals);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(heals);
    }

    private void loadLoan(MethodVisitor method) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitFieldInsn(Opcodes.GETFIELD, name, FIELD, "L" + loan + ";");
    }

    private void invoke(MethodVisitor method, String called, String descriptor) {
        Delegation.loadArguments(method, descriptor, 1);
        method.visitMethodInsn(Opcodes.INVOKEINTERFACE, executor, called, descriptor, true);
    }

    private void before(MethodVisitor method, String called) {
        if (called.equals("startCopy")) {
            loadLoan(method);
            method.visitVarInsn(Opcodes.ALOAD, 1);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "seen", "(Ljava/lang/String;)V", false);
            if (commenting) {
                method.visitVarInsn(Opcodes.ALOAD, 1);
                String type = "(Ljava/lang/String;)Ljava/lang/String;";
                method.visitMethodInsn(Opcodes.INVOKESTATIC, comments, "commented", type, false);
                method.visitVarInsn(Opcodes.ASTORE, 1);
            }
        } else if (called.equals("fastpathCall")) {
            loadLoan(method);
            method.visitVarInsn(Opcodes.ILOAD, 1);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "functionCalled", "(I)V", false);
        }
    }

    private void afterwards(MethodVisitor method, String called) {
        if (called.equals("startCopy")) {
            method.visitInsn(Opcodes.DUP);
            loadLoan(method);
            method.visitInsn(Opcodes.SWAP);
            method.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, loan, "copyStarted", "(Lorg/postgresql/copy/CopyOperation;)V", false);
        }
    }

    /** {@code execute(query or queries, …, flags, …)}, which may run with other flags. */
    private void queryStarts(MethodVisitor method, int token) {
        loadLoan(method);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitVarInsn(Opcodes.ILOAD, 6); // query, parameters, handler, maxRows, fetchSize, flags
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, loan, "queryStarted", "(Ljava/lang/Object;I)Ljava/lang/Object;", false);
        method.visitVarInsn(Opcodes.ASTORE, token);
        loadLoan(method);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitVarInsn(Opcodes.ILOAD, 6);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "flags", "(Ljava/lang/Object;I)I", false);
        method.visitVarInsn(Opcodes.ISTORE, 6);
        if (commenting) {
            method.visitVarInsn(Opcodes.ALOAD, 1);
            method.visitMethodInsn(Opcodes.INVOKESTATIC, comments, "begin", "(Ljava/lang/Object;)V", false);
        }
    }

    private void fetchStarts(MethodVisitor method, int token) {
        loadLoan(method);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "fetchStarted", "()Ljava/lang/Object;", false);
        method.visitVarInsn(Opcodes.ASTORE, token);
    }

    /** A void method between what gives a token for it and {@code queryEnded}. */
    private void observed(
            MethodVisitor method, String called, String descriptor, ObjIntConsumer<MethodVisitor> starts) {
        int token = Type.getArgumentsAndReturnSizes(descriptor) >> 2; // the first local above the arguments
        starts.accept(method, token);
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        Label done = new Label();
        method.visitTryCatchBlock(start, end, failed, null);
        method.visitLabel(start);
        invoke(method, called, descriptor);
        method.visitLabel(end);
        ended(method, called, token, () -> method.visitInsn(Opcodes.ACONST_NULL));
        method.visitJumpInsn(Opcodes.GOTO, done);
        method.visitLabel(failed);
        int thrown = token + 1;
        method.visitVarInsn(Opcodes.ASTORE, thrown);
        ended(method, called, token, () -> method.visitVarInsn(Opcodes.ALOAD, thrown));
        method.visitVarInsn(Opcodes.ALOAD, thrown);
        method.visitInsn(Opcodes.ATHROW);
        method.visitLabel(done);
    }

    private void ended(MethodVisitor method, String called, int token, Runnable loadThrown) {
        if (commenting && called.equals("execute")) {
            method.visitMethodInsn(Opcodes.INVOKESTATIC, comments, "end", "()V", false);
        }
        loadLoan(method);
        method.visitVarInsn(Opcodes.ALOAD, token);
        loadThrown.run();
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, loan, "queryEnded", "(Ljava/lang/Object;Ljava/lang/Throwable;)V", false);
    }
}
