package io.poolshim.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** Copies of the driver that work as well, and look different inside. */
final class AlteredDriver {
    private AlteredDriver() {}

    /** With other names for some of its classes and members. */
    static Path write(Path copy, Remapper names) {
        return rewrite(copy, names::map, writer -> new ClassRemapper(writer, names));
    }

    /** With a field that the whole package can read. */
    static Path withVisibleField(Path copy, String field) {
        return rewrite(copy, name -> name, writer -> new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public FieldVisitor visitField(int access, String name, String type, String generic, Object value) {
                int visible = name.equals(field) ? access & ~Opcodes.ACC_PRIVATE : access;
                return super.visitField(visible, name, type, generic, value);
            }
        });
    }

    private static Path rewrite(Path copy, UnaryOperator<String> names, Function<ClassVisitor, ClassVisitor> change) {
        try (JarFile from = new JarFile(Lab.driver().toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream to = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(from.entries())) {
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] content = in.readAllBytes();
                    boolean ours = isDriverClass(entry.getName());
                    to.putNextEntry(new JarEntry(ours ? file(names, entry.getName()) : entry.getName()));
                    to.write(ours ? change(content, change) : content);
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(UnaryOperator<String> names, String entry) {
        return names.apply(entry.substring(0, entry.length() - ".class".length())) + ".class";
    }

    private static boolean isDriverClass(String name) {
        return name.startsWith("org/postgresql/") && name.endsWith(".class");
    }

    private static byte[] change(byte[] content, Function<ClassVisitor, ClassVisitor> change) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(content).accept(change.apply(writer), 0);
        return writer.toByteArray();
    }
}
