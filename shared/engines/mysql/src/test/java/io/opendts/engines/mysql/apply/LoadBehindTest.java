package io.opendts.engines.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.TableId;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.OutOfStepException;
import io.opendts.spi.Target.LoadBehind;
import io.opendts.testkit.ServerVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** While a chunk is loaded beside the log no partition's worker writes: what it brings is behind all that they have written. */
class LoadBehindTest {

    private static final int PARTITIONS = 3;
    private static final Checkpoint STANDING = new Checkpoint(new Position("log.1:100"), 1, 7);
    private static final Checkpoint FURTHER = new Checkpoint(new Position("log.1:200"), 1, 8);
    private static final Chunk CHUNK = new Chunk(new TableId("behind", "t"), 1, Chunk.Kind.WHOLE, "", "");
    private static final Duration WAITING = Duration.ofMillis(300);

    private final Bed bed = new Bed(ServerVersion.MYSQL_8_0, "behind");
    private final Queue<Position> asked = new ConcurrentLinkedQueue<>();

    @Test
    void waitsForAllPartitionsAndIsReadBehindTheFurthest() throws Exception {
        bed.run("CREATE DATABASE behind", "CREATE TABLE behind.t (id INT PRIMARY KEY)");
        Relation relation = Relation.of(1, bed.table("behind", "t"), Bed.route(bed.table("behind", "t"), "behind"), false);
        bed.progress.ensureProgress();
        store(0);
        assertThatThrownBy(() -> load(relation)).as("two have not begun").isInstanceOf(OutOfStepException.class);
        store(1);
        store(2);
        try (MySqlApplier writing = applier(2)) {
            writing.write(List.of());
            Thread loading = Thread.ofVirtual().start(() -> load(relation));
            assertThat(loading.join(WAITING)).as("done while another partition's worker has begun to write").isFalse();
            writing.commit(FURTHER);
            loading.join();
        }
        assertThat(asked).containsExactly(FURTHER.position());
        try (MySqlApplier own = applier(0)) {
            own.commit(FURTHER);
        }
        Chunk next = new Chunk(CHUNK.table(), 2, CHUNK.kind(), "", "");
        assertThatThrownBy(() -> load(relation, next)).isInstanceOfSatisfying(DtsException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TASK_RUNS_ELSEWHERE));
        try (MySqlApplier own = applier(0)) {
            assertThat(own.checkpoint()).contains(FURTHER);
        }
    }

    private List<ChunkRead> load(Relation relation) {
        return load(relation, CHUNK);
    }

    private List<ChunkRead> load(Relation relation, Chunk chunk) {
        return bed.loader().load(List.of(new LoadBehind(chunk, relation, behind -> {
            asked.add(behind);
            return _ -> new ChunkRead(0, 0, Optional.empty(), Optional.empty());
        })), STANDING, PARTITIONS);
    }

    private void store(int partition) {
        try (MySqlApplier applier = applier(partition)) {
            applier.commit(STANDING);
        }
    }

    private MySqlApplier applier(int partition) {
        return new MySqlApplier(bed::open, new Progress(bed::open, "behind", partition), true);
    }
}
