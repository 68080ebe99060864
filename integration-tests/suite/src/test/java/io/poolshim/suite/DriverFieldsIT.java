package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A shell has none of its driver's fields: no class of the driver may read them but the connection class itself. */
class DriverFieldsIT {
    private static final String CONNECTION = "org/postgresql/jdbc/PgConnection";

    static Stream<Path> drivers() throws IOException {
        Path folder = Path.of(System.getProperty("poolshim.it.drivers", "target/drivers"));
        return Stream.concat(Stream.of(Lab.driver()), Files.list(folder).sorted());
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void fieldsOfConnections_areReadByNoOtherClass(Path driver) throws IOException {
        Set<String> readers = new TreeSet<>();
        int classes = 0;
        try (JarFile jar = new JarFile(driver.toFile())) {
            for (JarEntry entry : jar.stream().filter(DriverFieldsIT::isOther).toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    new ClassReader(in).accept(new Reads(entry.getName(), readers), ClassReader.SKIP_DEBUG);
                }
                classes++;
            }
        }
        System.out.printf("fields of connections: %s: %d classes do not read them%n", driver.getFileName(), classes);
        assertEquals(Set.of(), readers);
    }

    /** Inner classes are made by methods that are delegated, so that their outer object is the physical connection. */
    private static boolean isOther(JarEntry entry) {
        String name = entry.getName();
        boolean connections = name.equals(CONNECTION + ".class") || name.startsWith(CONNECTION + "$");
        return name.startsWith("org/postgresql/") && name.endsWith(".class") && !connections;
    }

    private static final class Reads extends ClassVisitor {
        private final String in;
        private final Set<String> found;

        Reads(String in, Set<String> found) {
            super(Opcodes.ASM9);
            this.in = in;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String type, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                    boolean instance = opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD;
                    if (instance && owner.equals(CONNECTION)) {
                        found.add(in + "." + method + " reads " + name);
                    }
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean i) {
                    if (owner.equals(CONNECTION) && name.startsWith("access$")) {
                        found.add(in + "." + method + " calls " + name);
                    }
                }
            };
        }
    }
}
