package io.poolshim.launch;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files in one entry of the agent's jar. The JVM looks at every entry of a jar on the class path when it
 * opens it; thousands of them would cost each start some 10 ms, whether the application uses JDBC or not.
 *
 * <p>Format: the number of files; for each its name (modified UTF-8), length and deflated length; then the deflated
 * files, one after the other.
 */
public final class Archive {
    private static final class Place {
        final int length;
        final int offset;
        final int deflated;

        Place(int length, int offset, int deflated) {
            this.length = length;
            this.offset = offset;
            this.deflated = deflated;
        }
    }

    private final File jar;
    private final String entry;
    private final Map<String, Place> places = new HashMap<>();
    private final byte[] content; // 5 MB, kept: the jar may be replaced by the next version while this one runs

    /**
     * Reads the index.
     *
     * @throws IOException if the jar has no such entry, or it cannot be read
     */
    public Archive(File jar, String entry) throws IOException {
        this.jar = jar;
        this.entry = entry;
        byte[] bytes = readEntry();
        this.content = bytes;
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = in.readInt();
        String[] names = new String[count];
        int[] lengths = new int[count];
        int[] deflated = new int[count];
        for (int i = 0; i < count; i++) {
            names[i] = in.readUTF();
            lengths[i] = in.readInt();
            deflated[i] = in.readInt();
        }
        int offset = bytes.length - in.available();
        for (int i = 0; i < count; i++) {
            places.put(names[i], new Place(lengths[i], offset, deflated[i]));
            offset += deflated[i];
        }
    }

    private byte[] readEntry() throws IOException {
        try (JarFile file = new JarFile(jar, false)) {
            ZipEntry found = file.getEntry(entry);
            if (found == null) {
                throw new IOException(jar + " is not complete, " + entry + " is missing");
            }
            byte[] bytes = new byte[(int) found.getSize()];
            try (InputStream in = file.getInputStream(found)) {
                new DataInputStream(in).readFully(bytes);
            }
            return bytes;
        }
    }

    /** The names of all files. */
    public Set<String> names() {
        return Collections.unmodifiableSet(places.keySet());
    }

    /** A file's bytes; null if there is none of this name. */
    public byte @Nullable [] read(String name) throws IOException {
        Place place = places.get(name);
        if (place == null) {
            return null;
        }
        Inflater inflater = new Inflater();
        try {
            byte[] bytes = new byte[place.length];
            inflater.setInput(content, place.offset, place.deflated);
            for (int read = 0; read < bytes.length; ) {
                int more = inflater.inflate(bytes, read, bytes.length - read);
                if (more == 0) {
                    throw new IOException(name + " is cut off in " + jar);
                }
                read += more;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IOException(name + " is broken in " + jar, e);
        } finally {
            inflater.end();
        }
    }
}
