package io.poolshim.instrument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reads the driver's connection class and decides, method by method, how a shell has it. A method that touches no field
 * may run on the shell itself, so that what it creates (statements, metadata) has the shell as its connection; one that
 * does is delegated to the physical connection or, if it cannot be overridden, woven.
 */
final class ConnectionScan {
    /** One method of the connection class. */
    static final class Member {
        final int access;
        final String name;
        final String descriptor;
        final String[] thrown;
        final Set<String> calls = new HashSet<>(); // of the class's own methods
        boolean touchesFields;
        boolean leaksThis;
        boolean creates; // an object

        Member(int access, String name, String descriptor, String[] thrown) {
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
            this.thrown = thrown;
        }

        String key() {
            return name + descriptor;
        }

        boolean is(int flag) {
            return (access & flag) != 0;
        }

        boolean isOverridable() {
            return !is(Opcodes.ACC_PRIVATE) && !is(Opcodes.ACC_FINAL);
        }
    }

    private final String className;
    private final Set<String> shellFields;
    private final List<Member> members = new ArrayList<>();
    private final Set<String> exposedFields = new HashSet<>();

    ConnectionScan(byte[] connectionClass, Set<String> shellFields) {
        ClassReader reader = new ClassReader(connectionClass);
        this.className = reader.getClassName();
        this.shellFields = shellFields;
        if (!"java/lang/Object".equals(reader.getSuperName()) || (reader.getAccess() & Opcodes.ACC_FINAL) != 0) {
            throw new IllegalStateException("unexpected shape of " + className);
        }
        reader.accept(new Scanner(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    String className() {
        return className;
    }

    /** Methods that the shell overrides because they touch what it does not have. */
    List<Member> delegated() {
        List<Member> delegated = new ArrayList<>();
        for (Member member : members) {
            if (member.isOverridable() && member.touchesFields && !member.is(Opcodes.ACC_STATIC)) {
                delegated.add(member);
            }
        }
        return delegated;
    }

    /** Final and private methods that may be called on a shell, but need the physical connection's fields. */
    Set<String> woven() {
        Set<String> calledOnShells = new HashSet<>();
        for (Member member : members) {
            if (!member.touchesFields || !member.isOverridable()) {
                calledOnShells.addAll(member.calls);
            }
        }
        Set<String> woven = new HashSet<>();
        for (Member member : members) {
            boolean reached = !member.is(Opcodes.ACC_PRIVATE) || calledOnShells.contains(member.key());
            if (!member.isOverridable() && member.touchesFields && reached && !member.is(Opcodes.ACC_STATIC)) {
                woven.add(member.key());
            }
        }
        return woven;
    }

    /** Delegated methods that hand the physical connection itself to somebody: the application could get hold of it. */
    List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        for (Member member : delegated()) {
            if (member.leaksThis) {
                leaks.add(member.key());
            }
        }
        return leaks;
    }

    /** Fields that code outside this class could read, and would find empty in a shell. */
    Set<String> exposedFields() {
        return exposedFields;
    }

    /** Methods of these names that run on the shell and make what they return themselves. */
    List<Member> creators(Set<String> names) {
        List<Member> creators = inherited(names);
        creators.removeIf(member -> !member.creates);
        return creators;
    }

    /** Methods of these names that run on the shell. */
    List<Member> inherited(Set<String> names) {
        List<Member> inherited = new ArrayList<>();
        for (Member member : members) {
            if (names.contains(member.name) && member.isOverridable() && !member.touchesFields) {
                inherited.add(member);
            }
        }
        return inherited;
    }

    /** Whether the class has its own method of this name and descriptor. */
    boolean has(String key) {
        for (Member member : members) {
            if (member.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private final class Scanner extends ClassVisitor {
        Scanner() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !shellFields.contains(name)) {
                exposedFields.add(name);
            }
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            if (name.startsWith("<")) {
                return null;
            }
            Member member = new Member(access, name, descriptor, thrown);
            members.add(member);
            return new BodyScanner(member);
        }
    }

    private final class BodyScanner extends MethodVisitor {
        private final Member member;

        BodyScanner(Member member) {
            super(Opcodes.ASM9);
            this.member = member;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean instance = opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD;
            if (instance && owner.equals(className) && !shellFields.contains(name)) {
                member.touchesFields = true;
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            member.creates |= opcode == Opcodes.NEW;
            if (opcode == Opcodes.NEW && type.startsWith(className + "$")) {
                member.touchesFields = true; // an inner class, which reads the fields of its outer one
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            member.touchesFields = true; // a lambda, which may
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            if (owner.equals(className)) {
                member.calls.add(name + descriptor);
            }
            if (name.equals("notImplemented")) {
                member.touchesFields = true; // it puts the name of getClass() into its message
            }
            if (owner.startsWith(className + "$")) {
                return; // its own inner classes
            }
            String parameters = descriptor.substring(0, descriptor.indexOf(')'));
            member.leaksThis |= parameters.contains("L" + className + ";")
                    || parameters.contains("Lorg/postgresql/core/BaseConnection;")
                    || parameters.contains("Ljava/sql/Connection;");
        }
    }
}
