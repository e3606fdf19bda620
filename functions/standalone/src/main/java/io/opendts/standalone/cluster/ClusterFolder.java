package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.sqlite.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder {@code cluster} in a state folder: what runs, its data, its logs, its secrets. For its owner alone. */
record ClusterFolder(Path path) {

    private static final int SECRET_BYTES = 32;

    static ClusterFolder of(Path stateDirectory) {
        return new ClusterFolder(stateDirectory.toAbsolutePath().normalize().resolve("cluster"));
    }

    Path record() {
        return path.resolve("cluster.json");
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path log(String id) {
        return path.resolve("logs").resolve(id + ".log");
    }

    Path data() {
        return path.resolve("data");
    }

    /** Each kind of server has its own: neither could read the other's. */
    Path stateData(StateStoreKind kind) {
        return data().resolve("state").resolve(kind.label());
    }

    Path kafkaData() {
        return data().resolve("kafka");
    }

    /** Seals task files. Made once and never deleted: a database of somebody else's may hold tasks that only this key opens. */
    Path key() {
        return secret("key");
    }

    /** Of the cluster's own state store. */
    String statePassword() {
        try {
            return Files.readString(secret("state-password")).strip();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Path secret(String name) {
        Path file = path.resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        replace(file, Base64.getEncoder().encodeToString(random) + "\n");
        return file;
    }

    /** Readers see the old content or the new one, also after a kill in between. */
    void replace(Path file, String content) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            PrivateFiles.file(next);
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void create() {
        try {
            PrivateFiles.folder(path);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** All that processes of the cluster have written; nothing of it may run. */
    void purge() {
        delete(data());
        delete(path.resolve("logs"));
        delete(path.resolve("state-password"));
    }

    private void delete(Path top) {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> content = Files.walk(top)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    DtsException unusable(IOException e) {
        return new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot use the folder " + path + ": " + e.getMessage(),
                "make the folder writable for this user, or choose another one with --state", e);
    }
}
