package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.Checkpoint;
import io.opendts.spi.Checkpoints;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a task's checkpoints in one session: partitions that wait for each other ask many times a second. */
public final class KeptCheckpoints implements Checkpoints {

    private final Supplier<MySqlConnection> connections;
    private final Progress progress;
    private final int partitions;
    private MySqlConnection session;

    public KeptCheckpoints(Supplier<MySqlConnection> connections, Progress progress, int partitions) {
        this.connections = connections;
        this.progress = progress;
        this.partitions = partitions;
    }

    /** A session that the server has ended meanwhile is opened again. */
    @Override
    public List<Optional<Checkpoint>> now() {
        boolean kept = session != null;
        try {
            if (!kept) {
                session = connections.get();
            }
            return progress.checkpoints(session, partitions);
        } catch (MySqlWireException e) {
            close();
            if (kept) {
                return now();
            }
            throw TargetErrors.of("reading the progress of task " + progress.name(), e);
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
