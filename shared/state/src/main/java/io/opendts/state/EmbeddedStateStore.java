package io.opendts.state;

import io.opendts.sqlite.SqliteFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The state store in one SQLite file, {@code state.db} in the state folder. Several processes may have it open. Nothing here
 * needs Jackson except registering and reading relations, so that list and status start fast.
 */
public final class EmbeddedStateStore implements StateStore {

    private final SqliteFile file;
    private final Tasks tasks;
    private final Relations relations;
    private final Chunks chunks;
    private final Progress progress;
    private final Leases leases;
    private final Requests requests;
    private final Verifications verifications;

    private EmbeddedStateStore(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.tasks = new EmbeddedTasks(file, clock);
        this.relations = new EmbeddedRelations(file);
        this.chunks = new EmbeddedChunks(file);
        this.progress = new EmbeddedProgress(file);
        this.leases = new EmbeddedLeases(file, clock);
        this.requests = new EmbeddedRequests(file, clock);
        this.verifications = new EmbeddedVerifications(file, clock);
    }

    public static EmbeddedStateStore open(Path stateDir) {
        return open(stateDir, InstantSource.system());
    }

    public static EmbeddedStateStore open(Path stateDir, InstantSource clock) {
        return new EmbeddedStateStore(SqliteFile.open(stateDir, path(stateDir), StateTables.KIND), clock);
    }

    /** For commands that only look: empty, and nothing is created, when the folder holds no state. Writing fails. */
    public static Optional<StateStore> openToRead(Path stateDir) {
        return SqliteFile.openToRead(stateDir, path(stateDir), StateTables.KIND)
                .map(file -> new EmbeddedStateStore(file, InstantSource.system()));
    }

    private static Path path(Path stateDir) {
        return stateDir.resolve("state.db");
    }

    @Override
    public Tasks tasks() {
        return tasks;
    }

    @Override
    public Relations relations() {
        return relations;
    }

    @Override
    public Chunks chunks() {
        return chunks;
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public Verifications verifications() {
        return verifications;
    }

    @Override
    public void close() {
        file.close();
    }
}
