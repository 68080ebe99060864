package io.poolshim.instrument;

import io.poolshim.session.DriverProfile;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Lets the final and private methods of a driver's connection class, called on a shell, work on the physical connection:
 * they begin with {@code this = PoolshimLoan.physical(this)}. Stays registered and always does the same, because every
 * retransformation by another agent starts from the original class again.
 */
final class FinalMethodWeaver implements ClassFileTransformer {
    private final Map<Class<?>, Set<String>> methods = Collections.synchronizedMap(new WeakHashMap<>());

    /** These methods of the class are woven from its next retransformation on. */
    void weave(Class<?> connectionClass, Set<String> keys) {
        methods.put(connectionClass, keys);
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] original) {
        Set<String> keys = redefined == null ? null : methods.get(redefined);
        if (keys == null) {
            return null;
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Weaver(writer, name, keys), 0);
        return writer.toByteArray();
    }

    private static final class Weaver extends ClassVisitor {
        private final String connection;
        private final Set<String> keys;

        Weaver(ClassVisitor next, String connection, Set<String> keys) {
            super(Opcodes.ASM9, next);
            this.connection = connection;
            this.keys = keys;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            return keys.contains(name + descriptor) ? new SwapThis(next, connection, name) : next;
        }
    }

    private static final class SwapThis extends MethodVisitor {
        private final String connection;
        private final String loan;
        private final String source;

        SwapThis(MethodVisitor next, String connection, String name) {
            super(Opcodes.ASM9, next);
            this.source = DriverProfile.POSTGRESQL.factMethods().contains(name) ? "facts" : "physical";
            this.connection = connection;
            this.loan = connection.substring(0, connection.lastIndexOf('/') + 1) + "PoolshimLoan";
        }

        @Override
        public void visitCode() {
            super.visitCode();
            String type = "L" + connection + ";";
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, loan, source, "(" + type + ")" + type, false);
            super.visitVarInsn(Opcodes.ASTORE, 0);
        }
    }
}
