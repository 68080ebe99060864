package io.poolshim.instrument;

import io.poolshim.session.ShellProfile;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Writes the subclass of the driver's connection class of which each borrower gets an instance. */
final class ShellGenerator {
    private static final String FIELD = "poolshim$loan";

    private final ShellProfile profile;
    private final ConnectionScan scan;
    private final String shell;
    private final String loan;
    private final String executor; // its descriptor
    private final ClassWriter writer = Delegation.newWriter();

    private ShellGenerator(ShellProfile profile, ConnectionScan scan) {
        this.profile = profile;
        this.scan = scan;
        this.shell = scan.className() + "Borrowed";
        this.loan = profile.packageName().replace('.', '/') + "PoolshimLoan";
        this.executor = "L" + profile.executorInterface().replace('.', '/') + ";";
    }

    static byte[] generate(ShellProfile profile, ConnectionScan scan) {
        return new ShellGenerator(profile, scan).generate();
    }

    private byte[] generate() {
        String[] interfaces = {profile.packageName().replace('.', '/') + "PoolshimShell"};
        writer.visit(
                Opcodes.V1_8,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                shell,
                null,
                scan.className(),
                interfaces);
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC, FIELD, "L" + loan + ";", null, null)
                .visitEnd();
        initAndLoan();
        own("close", "()V");
        own("abort", "(Ljava/util/concurrent/Executor;)V");
        own("isClosed", "()Z");
        own("getQueryExecutor", "()" + executor, "queryExecutor");
        own("releaseQuery", "(Lorg/postgresql/core/CachedQuery;)V", "releaseQuery");
        own("setTransactionIsolation", "(I)V");
        own("commit", "()V");
        own("rollback", "()V");
        own("setAutoCommit", "(Z)V");
        own("setClientInfo", "(Ljava/lang/String;Ljava/lang/String;)V");
        own("setClientInfo", "(Ljava/util/Properties;)V");
        own("getClientInfo", "()Ljava/util/Properties;");
        own("getClientInfo", "(Ljava/lang/String;)Ljava/lang/String;");
        own("getFieldMetadataCache", "()Lorg/postgresql/util/LruCache;", "fieldMetadataCache");
        typeInfo();
        description();
        silentFinalizer();
        for (ConnectionScan.Member member : scan.delegated()) {
            if (!isOwn(member)) {
                if (profile.factMethods().contains(member.name)) {
                    delegateFact(member);
                } else {
                    delegate(member);
                }
            }
        }
        for (ConnectionScan.Member member : scan.inherited(profile.taintingMethods())) {
            taintAndInherit(member);
        }
        for (ConnectionScan.Member member : scan.creators(profile.statementFactories())) {
            inheritAndCheck(member);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private boolean isOwn(ConnectionScan.Member member) {
        if (member.key().equals("getQueryExecutor()" + executor)) {
            return true;
        }
        switch (member.key()) {
            case "close()V":
            case "abort(Ljava/util/concurrent/Executor;)V":
            case "isClosed()Z":
            case "getFieldMetadataCache()Lorg/postgresql/util/LruCache;":
            case "releaseQuery(Lorg/postgresql/core/CachedQuery;)V":
            case "getTypeInfo()Lorg/postgresql/core/TypeInfo;":
            case "setTransactionIsolation(I)V":
            case "commit()V":
            case "rollback()V":
            case "setAutoCommit(Z)V":
            case "setClientInfo(Ljava/lang/String;Ljava/lang/String;)V":
            case "setClientInfo(Ljava/util/Properties;)V":
            case "getClientInfo()Ljava/util/Properties;":
            case "getClientInfo(Ljava/lang/String;)Ljava/lang/String;":
            case "toString()Ljava/lang/String;":
            case "finalize()V":
                return true;
            default:
                return false;
        }
    }

    private void initAndLoan() {
        MethodVisitor init = writer.visitMethod(Opcodes.ACC_PUBLIC, "poolshim$init", "(L" + loan + ";)V", null, null);
        init.visitCode();
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitVarInsn(Opcodes.ALOAD, 1);
        init.visitFieldInsn(Opcodes.PUTFIELD, shell, FIELD, "L" + loan + ";");
        Delegation.end(init, Type.VOID_TYPE);
        MethodVisitor get = writer.visitMethod(Opcodes.ACC_PUBLIC, "poolshim$loan", "()L" + loan + ";", null, null);
        get.visitCode();
        loadLoan(get);
        Delegation.end(get, Type.getObjectType(loan));
    }

    private void loadLoan(MethodVisitor method) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitFieldInsn(Opcodes.GETFIELD, shell, FIELD, "L" + loan + ";");
    }

    private void own(String name, String descriptor) {
        own(name, descriptor, name);
    }

    /** A method that the loan itself answers. */
    private void own(String name, String descriptor, String loanMethod) {
        if (!scan.has(name + descriptor)) {
            return;
        }
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        loadLoan(method);
        Delegation.loadArguments(method, descriptor, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, loanMethod, descriptor, false);
        Delegation.end(method, Type.getReturnType(descriptor));
    }

    private void typeInfo() {
        String result = "Lorg/postgresql/core/TypeInfo;";
        if (!scan.has("getTypeInfo()" + result)) {
            return;
        }
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "getTypeInfo", "()" + result, null, null);
        method.visitCode();
        loadLoan(method);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "typeInfo", "(L" + scan.className() + ";)" + result, false);
        Delegation.end(method, Type.getType(result));
    }

    private void description() {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "toString", "()Ljava/lang/String;", null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, loan, "describe", "(Ljava/lang/Object;)Ljava/lang/String;", false);
        Delegation.end(method, Type.getType(String.class));
    }

    /** A driver's finalizer closes what was forgotten; an empty one spares shells the finalizer's queue, too. */
    private void silentFinalizer() {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PROTECTED, "finalize", "()V", null, null);
        method.visitCode();
        Delegation.end(method, Type.VOID_TYPE);
    }

    private void delegateFact(ConnectionScan.Member member) {
        MethodVisitor method = override(member);
        tell(method, member);
        loadLoan(method);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "facts", "()L" + scan.className() + ";", false);
        Delegation.loadArguments(method, member.descriptor, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, scan.className(), member.name, member.descriptor, false);
        Delegation.end(method, Type.getReturnType(member.descriptor));
    }

    private void delegate(ConnectionScan.Member member) {
        MethodVisitor method = override(member);
        if (profile.taintingMethods().contains(member.name)) {
            taint(method, member);
        }
        tell(method, member);
        if (profile.statementMethods().contains(member.name)) {
            loadLoan(method);
            method.visitInsn(Opcodes.ACONST_NULL);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "beforeStatement", "(Ljava/lang/Object;)V", false);
        }
        new Delegation(loan, this::loadLoan).call(method, member.descriptor, target -> {
            target.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, "enter", "()L" + scan.className() + ";", false);
            Delegation.loadArguments(target, member.descriptor, 1);
            target.visitMethodInsn(Opcodes.INVOKEVIRTUAL, scan.className(), member.name, member.descriptor, false);
        });
    }

    private MethodVisitor override(ConnectionScan.Member member) {
        int access = member.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_VARARGS);
        MethodVisitor method = writer.visitMethod(access, member.name, member.descriptor, null, member.thrown);
        method.visitCode();
        return method;
    }

    private void taint(MethodVisitor method, ConnectionScan.Member member) {
        say("taint", method, member);
    }

    private void tell(MethodVisitor method, ConnectionScan.Member member) {
        if (profile.toldMethods().contains(member.name)) {
            say("told", method, member);
        }
    }

    private void say(String what, MethodVisitor method, ConnectionScan.Member member) {
        loadLoan(method);
        method.visitLdcInsn(member.name);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, loan, what, "(Ljava/lang/String;)V", false);
    }

    private void taintAndInherit(ConnectionScan.Member member) {
        MethodVisitor method = override(member);
        taint(method, member);
        callSuper(method, member);
        Delegation.end(method, Type.getReturnType(member.descriptor));
    }

    /** A statement is made by the driver's own code; the loan looks whose it is. */
    private void inheritAndCheck(ConnectionScan.Member member) {
        MethodVisitor method = override(member);
        callSuper(method, member);
        method.visitInsn(Opcodes.DUP);
        loadLoan(method);
        method.visitInsn(Opcodes.SWAP);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, loan, "created", "(Ljava/sql/Statement;Ljava/sql/Connection;)V", false);
        Delegation.end(method, Type.getReturnType(member.descriptor));
    }

    private void callSuper(MethodVisitor method, ConnectionScan.Member member) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        Delegation.loadArguments(method, member.descriptor, 1);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, scan.className(), member.name, member.descriptor, false);
    }
}
