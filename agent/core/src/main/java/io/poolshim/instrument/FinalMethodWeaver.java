package io.poolshim.instrument;

import io.poolshim.session.ShellProfile;
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
import org.jspecify.annotations.Nullable;

/**
 * Lets the final and private methods of a driver's connection class, called on a shell, work on the physical connection:
 * they begin with {@code this = PoolshimLoan.physical(this)}. Stays registered and always does the same, because every
 * retransformation by another agent starts from the original class again.
 */
final class FinalMethodWeaver implements ClassFileTransformer {
    private static final class Job {
        final Set<String> methods;
        final Set<String> facts;

        Job(Set<String> methods, Set<String> facts) {
            this.methods = methods;
            this.facts = facts;
        }
    }

    private final Map<Class<?>, Job> jobs = Collections.synchronizedMap(new WeakHashMap<>());

    /** These methods of the class are woven from its next retransformation on. */
    void weave(Class<?> connectionClass, Set<String> methods, ShellProfile profile) {
        jobs.put(connectionClass, new Job(methods, profile.factMethods()));
    }

    @Override
    public byte @Nullable [] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] original) {
        Job job = redefined == null ? null : jobs.get(redefined);
        if (job == null) {
            return null;
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Weaver(writer, name, job), 0);
        return writer.toByteArray();
    }

    private static final class Weaver extends ClassVisitor {
        private final String connection;
        private final Job job;

        Weaver(ClassVisitor next, String connection, Job job) {
            super(Opcodes.ASM9, next);
            this.connection = connection;
            this.job = job;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            return job.methods.contains(name + descriptor)
                    ? new SwapThis(next, connection, job.facts.contains(name) ? "facts" : "physical")
                    : next;
        }
    }

    private static final class SwapThis extends MethodVisitor {
        private final String connection;
        private final String loan;
        private final String source;

        SwapThis(MethodVisitor next, String connection, String source) {
            super(Opcodes.ASM9, next);
            this.source = source;
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
