package io.poolshim.redirect;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/** Empty classes of any name, for names of libraries that are not here. */
final class NamedClass {
    private NamedClass() {}

    static Class<?> of(String name, Class<?>... interfaces) {
        ClassWriter writer = new ClassWriter(0);
        String[] implemented = new String[interfaces.length];
        for (int i = 0; i < interfaces.length; i++) {
            implemented[i] = internal(interfaces[i].getName());
        }
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V1_8, access, internal(name), null, "java/lang/Object", implemented);
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        return new ClassLoader(interfaces.length == 0 ? null : interfaces[0].getClassLoader()) {
            Class<?> define() {
                return defineClass(name, bytes, 0, bytes.length);
            }
        }.define();
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }
}
