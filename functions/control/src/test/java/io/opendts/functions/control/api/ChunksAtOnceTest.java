package io.opendts.functions.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.functions.control.ControlFunction;
import io.opendts.model.Chunk;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.model.TaskState.Event;
import io.opendts.queue.Payload;
import io.opendts.state.Chunks;
import io.opendts.state.Chunks.Copied;
import io.opendts.state.Tasks;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code parallelism.snapshot} promises holds for all workers together: no more chunks than that are ever asked for. */
class ChunksAtOnceTest {

    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final List<Chunk> CHUNKS = IntStream.range(0, 5)
            .mapToObj(number -> new Chunk(ORDERS, number, Chunk.Kind.RANGE, "", "")).toList();

    private final ControlFunction control = new ControlFunction();

    @TempDir
    Path folder;

    @Test
    void a_task_that_wants_two_has_two() throws IOException {
        try (ServiceRig rig = new ServiceRig(folder); TaskContext task = copying(rig, "parallelism: {snapshot: 2}\n")) {
            assertThat(asked(control.next(task))).containsExactly(0, 1);
            task.store().chunks().done(task.name(), new Copied(CHUNKS.get(1), 1, 1, Optional.empty()), Optional.empty());
            assertThat(asked(control.handle(task, completed(CHUNKS.get(1))))).containsExactly(0, 2);
        }
    }

    @Test
    void a_task_that_says_nothing_keeps_every_worker_busy() throws IOException {
        try (ServiceRig rig = new ServiceRig(folder); TaskContext task = copying(rig, "")) {
            assertThat(asked(control.next(task))).containsExactly(0, 1, 2, 3, 4);
        }
    }

    private static TaskContext copying(ServiceRig rig, String more) throws IOException {
        String file = ServiceRig.FILE + "stages: [full]\n" + more;
        rig.service.create(new TaskBody(file, Map.of("${SECRET}", "hunter2")));
        TaskContext task = rig.open(file);
        Table orders = new Table(ORDERS, List.of(), List.of(), List.of(), "InnoDB", "", 5, 5);
        int relation = rig.store.relations().register(task.name(), orders, Route.same(ORDERS), false).relation().id();
        rig.store.chunks().plan(task.name(), new Chunks.Plan(ORDERS, relation, 0, 5, CHUNKS));
        Facts.of(task).once("schema.done.PREPARE", 1);
        Facts.of(task).once(Facts.COPY_PLANNED, 1);
        rig.store.tasks().transition(task.name(), Tasks.ANY_VERSION, new Event.Started(), task.stages());
        rig.store.tasks().transition(task.name(), Tasks.ANY_VERSION, new Event.PrecheckDone(true), task.stages());
        return task;
    }

    private static Payload completed(Chunk chunk) {
        return new Payload.ChunkCompleted("shop", chunk, 1, 1, 1, null, null);
    }

    private static List<Integer> asked(List<ControlFunction.Request> requests) {
        return requests.stream().map(request -> ((Payload.ChunkRequested) request.payload()).chunk().number()).toList();
    }
}
