package io.poolshim.instrument;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The body {@code try { return target.method(arguments); } finally { loan.exit(); }}, and what it is made of. */
final class Delegation {
    private final String loan;
    private final Consumer<MethodVisitor> loadLoan;

    Delegation(String loan, Consumer<MethodVisitor> loadLoan) {
        this.loan = loan;
        this.loadLoan = loadLoan;
    }

    /** A writer that computes frames; all merges in generated code are of the same types, so no class is looked up. */
    static ClassWriter newWriter() {
        return new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                return "java/lang/Object";
            }
        };
    }

    /** Writes the rest of a method; the loan is on the stack when {@code call} begins, the result when it ends. */
    void call(MethodVisitor method, String descriptor, Consumer<MethodVisitor> call) {
        Type result = Type.getReturnType(descriptor);
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        method.visitLabel(start);
        loadLoan.accept(method);
        call.accept(method);
        method.visitLabel(end);
        exit(method);
        method.visitInsn(result.getOpcode(Opcodes.IRETURN));
        method.visitTryCatchBlock(start, end, failed, null); // after any that the call brings, which come first
        method.visitLabel(failed);
        exit(method);
        method.visitInsn(Opcodes.ATHROW);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void exit(MethodVisitor method) {
        loadLoan.accept(method);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "exit", "()V", false);
    }

    static void loadArguments(MethodVisitor method, String descriptor, int first) {
        int local = first;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
            local += type.getSize();
        }
    }

    static void end(MethodVisitor method, Type result) {
        method.visitInsn(result.getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
