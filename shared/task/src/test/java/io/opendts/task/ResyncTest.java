package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.task.Resync.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResyncTest {

    private static final TableId HOSTILE = new TableId("a b+%20\n'`", " \\\"猫/../;--");
    private static final String TASK = "shop";

    @TempDir
    private Path folder;

    @Test
    void every_stage_of_a_table_of_any_name_is_read_as_it_was_written() {
        List<Stage> stages = List.of(new Stage.Asked(), new Stage.Told(), new Stage.Waiting(),
                new Stage.Copying(new Chunk(HOSTILE, 1_000_007, Chunk.Kind.WALK, "1,+%0a'x' ", "")),
                new Stage.Ahead(new Position("binlog.000003:77;6c1e-:1-5, 9")), new Stage.Exact(new Position("b.1:4")));
        try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"))) {
            Resync.asked(new TableId("a", "b")).put(store.progress(), "another task");
            for (Stage stage : stages) {
                Optional<Position> at = stage instanceof Stage.Ahead ? Optional.empty() : Optional.of(new Position("b.7:9;%+ "));
                new Resync(HOSTILE, stage, at, 7).put(store.progress(), TASK);
                assertThat(Resync.of(store.progress(), TASK)).containsExactly(new Resync(HOSTILE, stage, at, 7));
            }
            Resync.asked(new TableId("a", "bc")).put(store.progress(), TASK);
            Resync.asked(new TableId("ab", "c")).put(store.progress(), TASK);
            Resync.asked(HOSTILE).remove(store.progress(), TASK);
            assertThat(Resync.of(store.progress(), TASK)).hasSize(2);
        }
    }
}
