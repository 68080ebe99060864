package io.poolshim.instrument;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Lets a driver's executor ask {@code PoolshimComments} what to send in the place of a text: in {@code sendParse(query,
 * parameters, once)} and {@code sendSimpleQuery(query, parameters)}, right after it has taken the text from the query. Stays
 * registered and always does the same, as {@link FinalMethodWeaver}; should the weaving be lost, comments are missing.
 */
final class SentTextWeaver implements ClassFileTransformer {
    private static final String TYPE =
            "Lorg/postgresql/core/v3/SimpleQuery;Lorg/postgresql/core/v3/SimpleParameterList;";
    private static final String PARSE = "sendParse(" + TYPE + "Z)V";
    private static final String SIMPLE = "sendSimpleQuery(" + TYPE + ")V";
    private static final int QUERY = 1; // locals of both
    private static final int ONCE = 3;

    private final Map<Class<?>, String> comments = Collections.synchronizedMap(new WeakHashMap<>());

    /** The executor is woven from its next retransformation on, to ask this class. */
    void weave(Class<?> executor, String commentsClass) {
        comments.put(executor, commentsClass);
    }

    /** It is no more. */
    void forget(Class<?> executor) {
        comments.remove(executor);
    }

    @Override
    public byte @Nullable [] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] original) {
        String asked = redefined == null ? null : comments.get(redefined);
        return asked == null ? null : woven(original, asked);
    }

    /** The class file, woven; null if it does not take its texts where it is expected to. */
    static byte @Nullable [] woven(byte[] executor, String commentsClass) {
        ClassReader reader = new ClassReader(executor);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Weaver weaver = new Weaver(writer, commentsClass.replace('.', '/'));
        reader.accept(weaver, 0);
        return weaver.inParse == 1 && weaver.inSimple == 1 ? writer.toByteArray() : null;
    }

    private static final class Weaver extends ClassVisitor {
        private final String comments;
        private int inParse;
        private int inSimple;

        Weaver(ClassVisitor next, String comments) {
            super(Opcodes.ASM9, next);
            this.comments = comments;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            switch (name + descriptor) {
                case PARSE:
                    return new AfterTaking("getNativeSql", next, method -> {
                        inParse++;
                        method.visitVarInsn(Opcodes.ILOAD, ONCE);
                    });
                case SIMPLE:
                    return new AfterTaking("toString", next, method -> {
                        inSimple++;
                        method.visitInsn(Opcodes.ICONST_1);
                    });
                default:
                    return next;
            }
        }

        private final class AfterTaking extends MethodVisitor {
            private final String taking;
            private final Consumer<MethodVisitor> loadOnce;

            AfterTaking(String taking, MethodVisitor next, Consumer<MethodVisitor> loadOnce) {
                super(Opcodes.ASM9, next);
                this.taking = taking;
                this.loadOnce = loadOnce;
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
                super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
                if (name.equals(taking) && owner.endsWith("/SimpleQuery")) {
                    super.visitVarInsn(Opcodes.ALOAD, QUERY);
                    loadOnce.accept(mv);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            comments,
                            "commented",
                            "(Ljava/lang/String;Ljava/lang/Object;Z)Ljava/lang/String;",
                            false);
                }
            }
        }
    }
}
