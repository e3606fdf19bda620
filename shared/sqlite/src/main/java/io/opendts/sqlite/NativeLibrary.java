package io.opendts.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library unpacked in the state folder. The driver by itself unpacks it anew into the temporary folder
 * at each start, which costs time and leaves a file behind whenever the process is killed.
 */
final class NativeLibrary {

    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private NativeLibrary() {}

    /**
     * Called before the driver loads its library; only the first call in a process does anything. When the folder cannot be
     * written the driver goes its own way.
     */
    static void prepare(Path folder) {
        if (System.getProperty("org.sqlite.lib.path") != null || !PREPARED.compareAndSet(false, true)) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        // The name tells the version: a newer release never overwrites the library that a running process has mapped.
        String unpackedName = SQLiteJDBCLoader.getVersion() + "-" + name;
        try {
            Path unpacked = folder.resolve("native").resolve(unpackedName);
            if (!Files.isRegularFile(unpacked)) {
                unpack(resource, unpacked);
            }
            System.setProperty("org.sqlite.lib.path", unpacked.getParent().toString());
            System.setProperty("org.sqlite.lib.name", unpackedName);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "SQLite''s library stays with its driver: {0}", e.toString());
        }
    }

    /** Under another name first, so that a process killed half way never leaves half a library under the real one. */
    private static void unpack(String resource, Path unpacked) throws IOException {
        PrivateFiles.folder(unpacked.getParent());
        Path half = unpacked.resolveSibling(unpacked.getFileName() + "." + ProcessHandle.current().pid());
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no native library " + resource + " in the driver");
            }
            Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, unpacked, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
