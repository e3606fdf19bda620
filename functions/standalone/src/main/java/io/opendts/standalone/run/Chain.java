package io.opendts.standalone.run;

import io.opendts.functions.control.ControlFunction;
import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.functions.precheck.PrecheckFunction;
import io.opendts.functions.schema.SchemaFunction;
import io.opendts.functions.snapshot.SnapshotFunction;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.queue.Queue;
import io.opendts.queue.Queue.Delivery;
import io.opendts.queue.Topics;
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
    private final SnapshotFunction snapshot = new SnapshotFunction((_, _, _) -> { });
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
                Message message = delivery.get().message();
                Payload payload = Payloads.read(message);
                task.retries().call(() -> {
                    handle(message.id(), payload);
                    return null;
                });
                delivery.get().ack();
                moved.run();
            }
        }
    }

    private void handle(String id, Payload payload) {
        switch (payload) {
            case Payload.PrecheckRequested _ -> {
                Payload.PrecheckCompleted completed = precheck.handle(task);
                completed.items().forEach(item -> out.emit(new Event.Prechecked(item)));
                completed(id, completed);
            }
            case Payload.SchemaRequested request ->
                    completed(id, schema.handle(task, request, report -> out.emit(new Event.Note(report))));
            case Payload.ChunkRequested request -> completed(id, snapshot.handle(task, request));
            case Payload.PrecheckCompleted _, Payload.SchemaCompleted _, Payload.ChunkCompleted _ ->
                    control.handle(task, payload).forEach(this::publish);
            case Payload.VerifyRequested _, Payload.VerifyCompleted _, Payload.ChangesBatch _, Payload.ChangesApplied _,
                    Payload.TaskStateChanged _ -> { }
        }
    }

    private void completed(String request, Payload payload) {
        queue.publish(MessageType.of(payload).topic(), Payloads.answer(request, payload, SOURCE, Instant.now()));
    }

    private void publish(Request request) {
        queue.publish(MessageType.of(request.payload()).topic(), message(request));
    }

    private Message message(Request request) {
        return Payloads.message(request.payload(), SOURCE, Instant.now(), request.id());
    }
}
