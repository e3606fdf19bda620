package io.opendts.state.database;

import io.opendts.state.Chunks;
import io.opendts.state.Leases;
import io.opendts.state.Progress;
import io.opendts.state.Relations;
import io.opendts.state.Requests;
import io.opendts.state.StateStore;
import io.opendts.state.Tasks;
import io.opendts.state.Verifications;
import java.time.InstantSource;

/**
 * The state store in a database that the processes of a cluster share: MySQL, MariaDB or PostgreSQL. Reconnects by itself. Any
 * thread may call it and blocks meanwhile, at most some ten seconds a step: a database that does not answer is
 * STATE_STORE_UNREACHABLE. Whether a lease has run out is judged by each process's own clock: the machines' clocks must agree
 * to within a fraction of the leases' time to live.
 */
public final class DatabaseStateStore implements StateStore {

    private final Database database;
    private final Tasks tasks;
    private final Relations relations;
    private final Chunks chunks;
    private final Progress progress;
    private final Leases leases;
    private final Requests requests;
    private final Verifications verifications;

    private DatabaseStateStore(Database database, InstantSource clock) {
        this.database = database;
        this.tasks = new DatabaseTasks(database, clock);
        this.relations = new DatabaseRelations(database);
        this.chunks = new DatabaseChunks(database);
        this.progress = new DatabaseProgress(database);
        this.leases = new DatabaseLeases(database, clock);
        this.requests = new DatabaseRequests(database, clock);
        this.verifications = new DatabaseVerifications(database, clock);
    }

    /**
     * Connects and looks at the version of the tables, but never changes them: {@link #migrate} does.
     *
     * @throws io.opendts.model.DtsException STATE_STORE_UNREACHABLE (try again), STATE_UNAVAILABLE (no tables, no such user or
     *         database), STATE_NEWER
     */
    public static DatabaseStateStore open(DatabaseSettings settings) {
        return open(settings, InstantSource.system());
    }

    public static DatabaseStateStore open(DatabaseSettings settings, InstantSource clock) {
        return new DatabaseStateStore(Database.open(settings), clock);
    }

    /**
     * Creates the tables, or brings older ones up to this program's version; when they are, does nothing. Any number of
     * processes may call it at once.
     *
     * @throws io.opendts.model.DtsException as {@link #open}; also STATE_UNAVAILABLE when the user may not create tables
     */
    public static void migrate(DatabaseSettings settings) {
        Schema.migrate(settings);
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
        database.close();
    }
}
