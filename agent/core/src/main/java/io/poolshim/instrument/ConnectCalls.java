package io.poolshim.instrument;

import java.io.IOException;
import java.io.InputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** How often the code of a class calls {@code DriverManager.getConnection}. */
public final class ConnectCalls {
    private static final String OWNER = "java/sql/DriverManager";
    private static final String METHOD = "getConnection";

    private int count;

    private ConnectCalls() {}

    /** Whether there is one place in the class from which it calls; false if its class file is not to be had. */
    public static boolean isOne(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in != null && in(new ClassReader(in)) == 1;
        } catch (IOException | RuntimeException unreadable) { // of a newer Java, say
            return false;
        }
    }

    private static int in(ClassReader code) {
        ConnectCalls calls = new ConnectCalls();
        code.accept(calls.new Visitor(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return calls.count;
    }

    private final class Visitor extends ClassVisitor {
        Visitor() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String type, boolean onInterface) {
                    count += owner.equals(OWNER) && called.equals(METHOD) ? 1 : 0;
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        boolean handle = argument instanceof Handle
                                && ((Handle) argument).getOwner().equals(OWNER);
                        count += handle ? 2 : 0; // who runs it, and where, is not seen here
                    }
                }
            };
        }
    }
}
