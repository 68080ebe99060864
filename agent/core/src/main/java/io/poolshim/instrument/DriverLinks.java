package io.poolshim.instrument;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Whether a driver has all that the agent's classes for its package name. Class files are read for it: reflection would
 * load whatever the driver's methods mention, and not all of that need be there.
 */
final class DriverLinks {
    /** Reads a class file of the driver. */
    interface Source {
        /** Null if there is none. */
        byte @Nullable [] read(String internalName) throws IOException;
    }

    private final String rootPackage; // org/postgresql/
    private final Source source;
    private final Map<String, Members> known = new HashMap<>();

    DriverLinks(String rootPackage, Source source) {
        this.rootPackage = rootPackage;
        this.source = source;
    }

    /** The methods and fields of the driver that this class names and the driver does not have. */
    Set<String> missing(byte[] helper) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String[] link : links(helper)) {
            if (!has(link[0], link[1])) {
                missing.add(link[0].replace('/', '.') + "." + link[1]);
            }
        }
        return missing;
    }

    private boolean has(String owner, String member) throws IOException {
        if (owner.startsWith("java/")) {
            return isJavas(owner, member);
        }
        Members members = members(owner);
        if (members == null) {
            return false;
        }
        boolean found = members.own.contains(member);
        for (String above : members.above) {
            found = found || has(above, member);
        }
        return found;
    }

    private static boolean isJavas(String owner, String member) {
        try {
            for (Method method : Class.forName(owner.replace('/', '.')).getMethods()) {
                if (member.equals(method.getName() + Type.getMethodDescriptor(method))) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Members members(String owner) throws IOException {
        if (!known.containsKey(owner)) {
            byte[] bytes = source.read(owner);
            known.put(owner, bytes == null ? null : new Members(bytes));
        }
        return known.get(owner);
    }

    /** Pairs of owner and member. */
    private List<String[]> links(byte[] helper) {
        List<String[]> links = new ArrayList<>();
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(int opcode, String owner, String called, String type, boolean i) {
                        add(links, owner, called + type);
                    }

                    @Override
                    public void visitFieldInsn(int opcode, String owner, String field, String type) {
                        add(links, owner, field + ":" + type);
                    }
                };
            }
        };
        new ClassReader(helper).accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return links;
    }

    private void add(List<String[]> links, String owner, String member) {
        boolean agents = owner.substring(owner.lastIndexOf('/') + 1).startsWith("Poolshim");
        if (owner.startsWith(rootPackage) && !agents) {
            links.add(new String[] {owner, member});
        }
    }

    private static final class Members extends ClassVisitor {
        final Set<String> own = new HashSet<>();
        final Set<String> above = new HashSet<>();

        Members(byte[] bytes) {
            super(Opcodes.ASM9);
            new ClassReader(bytes).accept(this, ClassReader.SKIP_CODE);
        }

        @Override
        public void visit(int version, int access, String name, String generic, String parent, String[] interfaces) {
            above.add(parent);
            above.addAll(java.util.Arrays.asList(interfaces));
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String type, String generic, String[] thrown) {
            own.add(name + type);
            return null;
        }

        @Override
        public @Nullable FieldVisitor visitField(int access, String name, String type, String generic, Object value) {
            own.add(name + ":" + type);
            return null;
        }
    }
}
