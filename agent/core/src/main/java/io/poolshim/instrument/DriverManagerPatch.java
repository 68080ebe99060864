package io.poolshim.instrument;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Patches {@code java.sql.DriverManager}: its private {@code getConnection}, in which all public ones end, asks the seam
 * first, and registering or deregistering a driver tells it. The public one that takes user and password asks before it
 * makes properties of them, which would cost as much as a borrow. The same input always gives the same output, and a
 * class that is patched already is left alone: other agents redefine this class with what they find.
 */
public final class DriverManagerPatch {
    private static final String DRIVER_MANAGER = "java/sql/DriverManager";
    private static final String SEAM = "io/poolshim/bootstrap/BootstrapSeam";
    private static final String GET_CONNECTION =
            "(Ljava/lang/String;Ljava/util/Properties;Ljava/lang/Class;)Ljava/sql/Connection;";
    private static final String GET_CONNECTION_BY_USER =
            "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)Ljava/sql/Connection;";
    private static final String ENTER = "poolshim$enter";
    private static final String DRIVERS_CHANGED = "poolshim$driversChanged";

    private DriverManagerPatch() {}

    /**
     * The patched class; null if it is patched already.
     *
     * @param viaBootstrap call the seam's own class instead of copies of its members
     * @param seam the seam's class file
     */
    public static byte @Nullable [] apply(byte[] original, boolean viaBootstrap, byte[] seam) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Patcher patcher = new Patcher(writer, viaBootstrap ? SEAM : DRIVER_MANAGER, CallerFinder.find(reader));
        reader.accept(patcher, 0);
        if (patcher.patchedAlready) {
            return null;
        }
        if (!patcher.foundGetConnection) {
            throw new IllegalStateException("this JVM's DriverManager has no private getConnection; nothing is pooled");
        }
        if (!viaBootstrap) {
            new ClassReader(seam).accept(new MemberCopier(writer), 0);
        }
        return writer.toByteArray();
    }

    private static final class Patcher extends ClassVisitor {
        private final String seamOwner;
        private final @Nullable String reflection;
        private boolean foundGetConnection;
        private boolean patchedAlready;

        Patcher(ClassVisitor next, String seamOwner, @Nullable String reflection) {
            super(Opcodes.ASM9, next);
            this.seamOwner = seamOwner;
            this.reflection = reflection;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            patchedAlready |= name.equals(ENTER);
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            if (name.equals("getConnection") && descriptor.equals(GET_CONNECTION)) {
                foundGetConnection = true;
                return new SeamCall(next, seamOwner, null, () -> patchedAlready = true);
            }
            if (name.equals("getConnection") && descriptor.equals(GET_CONNECTION_BY_USER) && reflection != null) {
                return new SeamCall(next, seamOwner, reflection, () -> patchedAlready = true);
            }
            boolean changes = name.equals("registerDriver") || name.equals("deregisterDriver");
            return changes ? new ChangeCall(next, seamOwner) : next;
        }

        @Override
        public void visitEnd() {
            // The members are added by the copier, which ends the class.
            if (seamOwner.equals(SEAM)) {
                super.visitEnd();
            }
        }
    }

    /** The JVM's own class by which the public methods learn who calls them; null if they do it in some other way. */
    private static final class CallerFinder extends ClassVisitor {
        private @Nullable String owner;

        private CallerFinder() {
            super(Opcodes.ASM9);
        }

        static @Nullable String find(ClassReader reader) {
            CallerFinder finder = new CallerFinder();
            reader.accept(finder, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return finder.owner;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            return !descriptor.equals(GET_CONNECTION_BY_USER)
                    ? null
                    : new MethodVisitor(Opcodes.ASM9) {
                        @Override
                        public void visitMethodInsn(
                                int opcode, String type, String called, String types, boolean onInterface) {
                            if (called.equals("getCallerClass") && types.equals("()Ljava/lang/Class;")) {
                                owner = type;
                            }
                        }
                    };
        }
    }

    /** {@code Object c = enter(arguments, caller); if (c != null) return (Connection) c;}. */
    private static final class SeamCall extends MethodVisitor {
        private final String seamOwner;
        private final @Nullable String reflection;
        private final Runnable isThere;

        /** {@code reflection} finds the caller; null where that is an argument. */
        SeamCall(MethodVisitor next, String seamOwner, @Nullable String reflection, Runnable isThere) {
            super(Opcodes.ASM9, next);
            this.seamOwner = seamOwner;
            this.reflection = reflection;
            this.isThere = isThere;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            if (name.equals(ENTER)) {
                isThere.run();
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            Label original = new Label();
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitVarInsn(Opcodes.ALOAD, 1);
            super.visitVarInsn(Opcodes.ALOAD, 2);
            String arguments = "Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;";
            if (reflection != null) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, reflection, "getCallerClass", "()Ljava/lang/Class;", false);
                arguments += "Ljava/lang/Object;";
            }
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, seamOwner, ENTER, "(" + arguments + ")Ljava/lang/Object;", false);
            super.visitInsn(Opcodes.DUP);
            super.visitJumpInsn(Opcodes.IFNULL, original);
            super.visitTypeInsn(Opcodes.CHECKCAST, "java/sql/Connection");
            super.visitInsn(Opcodes.ARETURN);
            super.visitLabel(original);
            super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
            super.visitInsn(Opcodes.POP);
        }
    }

    /** {@code driversChanged()} before each return. */
    private static final class ChangeCall extends MethodVisitor {
        private final String seamOwner;

        ChangeCall(MethodVisitor next, String seamOwner) {
            super(Opcodes.ASM9, next);
            this.seamOwner = seamOwner;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, seamOwner, DRIVERS_CHANGED, "()V", false);
            }
            super.visitInsn(opcode);
        }
    }

    /** Copies the seam's members into DriverManager, private and synthetic. */
    private static final class MemberCopier extends ClassVisitor {
        private static final int HIDDEN = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

        private final ClassWriter target;

        MemberCopier(ClassWriter target) {
            super(Opcodes.ASM9);
            this.target = target;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            return target.visitField(HIDDEN | access & Opcodes.ACC_VOLATILE, name, descriptor, null, value);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            if (name.startsWith("<")) {
                return null;
            }
            return new MethodVisitor(Opcodes.ASM9, target.visitMethod(HIDDEN, name, descriptor, null, thrown)) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    super.visitFieldInsn(opcode, owner.equals(SEAM) ? DRIVER_MANAGER : owner, field, type);
                }
            };
        }

        @Override
        public void visitEnd() {
            target.visitEnd();
        }
    }
}
