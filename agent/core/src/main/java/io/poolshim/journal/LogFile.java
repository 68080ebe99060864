package io.poolshim.journal;

import io.poolshim.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file to which lines are appended, and which is renamed and begun anew before it grows too large. Only its owner may read
 * it. Two processes that name the same file do not share it: the second one takes another.
 */
final class LogFile implements Sink {
    private static final long TRY_AGAIN_AFTER = TimeUnit.SECONDS.toNanos(5);
    private static final Set<OpenOption> APPEND =
            new HashSet<>(Arrays.asList(StandardOpenOption.CREATE, StandardOpenOption.APPEND));

    private final long maxSize;
    private final int keep;
    private String name;
    private @Nullable FileChannel channel;
    private boolean regular; // not a device or a pipe
    private long size;
    private long rotateAt;
    private long tryAt = System.nanoTime();
    private boolean told;

    /** {@code name} with {@code %p} for the process id; nothing is opened before the first line. */
    LogFile(String name, long maxSize, int keep) {
        this.name = name.contains("%p") ? name.replace("%p", ProcessId.get()) : name;
        this.maxSize = maxSize;
        this.keep = keep;
    }

    @Override
    public boolean write(byte[] bytes, int length) {
        if (channel == null && System.nanoTime() - tryAt < 0) {
            return false;
        }
        try {
            FileChannel open = channel != null ? channel : open();
            if (regular && size > 0 && size + length > rotateAt) {
                open = rotate();
            }
            append(open, ByteBuffer.wrap(bytes, 0, length));
            size += length;
            return true;
        } catch (IOException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void append(FileChannel open, ByteBuffer lines) throws IOException {
        try {
            while (lines.hasRemaining()) {
                open.write(lines);
            }
        } catch (IOException e) {
            if (regular) {
                open.truncate(size); // no half line
            }
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = openOwn();
        if (regular && !isLocked(open)) {
            open.close();
            String taken = name;
            name += "-" + ProcessId.get();
            Log.warn("another process writes the log " + taken + " already; this one writes " + name
                    + " (%p in its name would stand for the process id)");
            open = openOwn();
            isLocked(open);
        }
        size = regular ? open.size() : 0;
        rotateAt = maxSize;
        channel = open;
        return open;
    }

    private FileChannel openOwn() throws IOException {
        Path path = Paths.get(name);
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ofNewOnes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        FileChannel open = FileChannel.open(path, APPEND, ofNewOnes);
        regular = Files.isRegularFile(path);
        return open;
    }

    /** True also where files cannot be locked. */
    private static boolean isLocked(FileChannel open) {
        try {
            return open.tryLock() != null;
        } catch (OverlappingFileLockException thisJvm) {
            return false;
        } catch (IOException noLocksThere) {
            return true;
        }
    }

    private FileChannel rotate() throws IOException {
        close();
        boolean rotated = shift();
        FileChannel open = open();
        if (!rotated) {
            rotateAt = size + maxSize;
        }
        return open;
    }

    /** False if the files cannot be renamed: then the log goes on growing for a while. */
    private boolean shift() {
        try {
            for (int i = keep - 1; i >= 1; i--) {
                move(name + "." + i, name + "." + (i + 1));
            }
            if (keep == 0) {
                Files.deleteIfExists(Paths.get(name));
            } else {
                move(name, name + ".1");
            }
            return true;
        } catch (IOException e) {
            Log.once(Log.Level.WARN, "cannot rename the log " + name + ", it goes on growing: " + e);
            return false;
        }
    }

    private static void move(String from, String to) throws IOException {
        try {
            Files.move(Paths.get(from), Paths.get(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException notThere) {
            return;
        }
    }

    private void close() {
        FileChannel open = channel;
        channel = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            Log.swallowed("closing a log", e);
        }
    }

    private void failed(Exception e) {
        close();
        tryAt = System.nanoTime() + TRY_AGAIN_AFTER;
        if (!told) {
            told = true;
            Log.warn("cannot write the log " + name + ": " + e
                    + "; its lines are counted as dropped, and the application" + " goes on");
        }
    }
}
