package io.opendts.standalone.run;

import io.opendts.functions.control.ControlFunction;
import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.functions.precheck.PrecheckFunction;
import io.opendts.functions.schema.SchemaFunction;
import io.opendts.functions.snapshot.SnapshotFunction;
import io.opendts.model.CheckItem;
import io.opendts.model.Position;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.queue.Queue;
import io.opendts.queue.Queue.Delivery;
import io.opendts.queue.Topics;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.SchemaPlan.Step;
import io.opendts.task.TaskContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The functions of one task, chained through the embedded queue: each loop takes a message, calls a function, publishes what
 * is completed and acknowledges, in this order, so that a process killed anywhere finds its work in the queue again.
 */
final class Chain {

    private static final long WAIT_MILLIS = 500;
    private static final String SOURCE = "/opendts/standalone";

    private final TaskContext task;
    private final Queue queue;
    private final EventSink out;
    private final ControlFunction control = new ControlFunction();
    private final PrecheckFunction precheck = new PrecheckFunction();
    private final SchemaFunction schema = new SchemaFunction();
    private final SnapshotFunction snapshot = new SnapshotFunction();
    private final Runnable moved;

    /** @param moved called after something was completed, on a worker's thread: the state may have changed */
    Chain(TaskContext task, Queue queue, EventSink out, Runnable moved) {
        this.task = task;
        this.queue = queue;
        this.out = out;
        this.moved = moved;
    }

    void startWorkers(Workers workers, int chunkWorkers) {
        workers.start("control", () -> consume(workers, Topics.EVENTS, Topics.CONTROL));
        workers.start("precheck", () -> consume(workers, Topics.PRECHECK, Topics.PRECHECK_FUNCTION));
        workers.start("schema", () -> consume(workers, Topics.SCHEMA, Topics.SCHEMA_FUNCTION));
        for (int i = 1; i <= chunkWorkers; i++) {
            workers.start("snapshot-" + i, () -> consume(workers, Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION));
        }
    }

    /** Asks for whatever the task's state needs next; what is asked for already is not doubled. */
    void start() {
        control.start(task).forEach(this::publish);
    }

    void sweep() {
        control.next(task).forEach(this::publish);
    }

    ControlFunction control() {
        return control;
    }

    private void consume(Workers workers, String topic, String consumer) throws Exception {
        while (!workers.closing()) {
            Optional<Delivery> delivery = queue.receive(topic, consumer, WAIT_MILLIS);
            if (delivery.isPresent()) {
                Payload payload = Payloads.read(delivery.get().message());
                task.retries().call(() -> {
                    handle(payload);
                    return null;
                });
                delivery.get().ack();
                moved.run();
            }
        }
    }

    private void handle(Payload payload) {
        switch (payload) {
            case Payload.PrecheckRequested _ -> {
                List<CheckItem> items = precheck.check(task);
                task.store().tasks().savePrecheck(task.name(), items);
                items.forEach(item -> out.emit(new Event.Prechecked(item)));
                completed("precheck", new Payload.PrecheckCompleted(task.name(), PrecheckFunction.passed(items), items));
            }
            case Payload.PrecheckCompleted(_, boolean passed, _) -> control.precheckCompleted(task, passed).forEach(this::publish);
            case Payload.SchemaRequested(_, String step) -> {
                long began = System.currentTimeMillis();
                make(step);
                completed("schema:" + step, new Payload.SchemaCompleted(task.name(), step, 0, System.currentTimeMillis() - began));
            }
            case Payload.SchemaCompleted(_, String step, _, _) -> control.schemaCompleted(task, step).forEach(this::publish);
            case Payload.ChunkRequested(_, var chunk, _) when chunk == null -> {
                snapshot.plan(task);
                completed("plan", new Payload.ChunkCompleted(task.name(), null, 0, 0, 0, null, null));
            }
            case Payload.ChunkRequested(_, var chunk, int relation) -> {
                long began = System.currentTimeMillis();
                ChunkRead read = snapshot.copy(task, chunk, relation);
                completed("chunk:" + chunk.table() + ":" + chunk.number(), new Payload.ChunkCompleted(task.name(), chunk, read.rows(),
                        read.bytes(), System.currentTimeMillis() - began, read.exactAt().map(Position::text).orElse(null),
                        read.next().orElse(null)));
            }
            case Payload.ChunkCompleted(_, var chunk, _, _, _, _, var next) ->
                    (chunk == null ? control.next(task) : control.chunkCompleted(task, next)).forEach(this::publish);
            case Payload.VerifyRequested _, Payload.VerifyCompleted _, Payload.ChangesBatch _, Payload.ChangesApplied _,
                    Payload.TaskStateChanged _ -> { }
        }
    }

    private void make(String step) {
        if (step.equals(ControlFunction.PREPARE)) {
            schema.prepare(task);
        } else {
            schema.make(task, Step.valueOf(step), report -> out.emit(new Event.Note(report)));
        }
    }

    private void completed(String what, Payload payload) {
        publish(new Request(task.name() + ":" + what + ":completed", payload));
    }

    private void publish(Request request) {
        queue.publish(MessageType.of(request.payload()).topic(), message(request));
    }

    private Message message(Request request) {
        return Payloads.message(request.payload(), SOURCE, Instant.now(), request.id());
    }
}
