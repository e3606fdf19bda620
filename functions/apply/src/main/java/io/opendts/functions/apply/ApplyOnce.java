package io.opendts.functions.apply;

import io.opendts.functions.apply.ApplyFunction.Applied;
import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.BatchCodec;
import io.opendts.queue.Payload;
import io.opendts.task.RelationsByNumber;
import io.opendts.task.TaskContext;
import java.util.Base64;
import java.util.List;

/** One batch by itself, as a function service delivers it: twice, late and out of order are found out by the target's checkpoint. */
final class ApplyOnce {

    /** @throws DtsException QUEUE_GAP (retryable) for a batch whose predecessor is not on the target yet; MESSAGE_REFUSED */
    Payload.ChangesApplied handle(TaskContext task, Payload.ChangesBatch request) {
        Batch batch = batch(task, frame(task, request));
        if (!batch.task().equals(task.name())) {
            throw refused(task, "belongs to task " + batch.task());
        }
        if (!batch.whole()) {
            throw refused(task, "is a piece of a transaction, and one call ends with a commit");
        }
        try (ApplyFunction function = ApplyStart.open(task)) {
            Applied applied = function.apply(List.of(batch));
            return new Payload.ChangesApplied(task.name(), applied.checkpoint().epoch(), applied.checkpoint().sequence(),
                    applied.checkpoint().position().text(), applied.transactions(), applied.rows());
        }
    }

    private static Batch batch(TaskContext task, byte[] frame) {
        try {
            return new BatchCodec(new RelationsByNumber(task.store(), task.name())).decode(frame);
        } catch (DtsException damaged) {
            if (damaged.code() == ErrorCode.QUEUE_DAMAGED) {
                throw refused(task, "cannot be read: " + damaged.getMessage());
            }
            throw damaged;
        }
    }

    private static byte[] frame(TaskContext task, Payload.ChangesBatch request) {
        try {
            return Base64.getDecoder().decode(request.frame());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw refused(task, "has no frame in base64");
        }
    }

    private static DtsException refused(TaskContext task, String why) {
        return new DtsException(ErrorCode.MESSAGE_REFUSED, "the batch sent to task " + task.name() + " " + why,
                "send batches as the reader writes them");
    }
}
