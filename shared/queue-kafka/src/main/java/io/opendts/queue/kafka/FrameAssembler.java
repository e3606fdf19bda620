package io.opendts.queue.kafka;

import io.opendts.queue.kafka.BatchRecords.Part;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts the parts of frames together. A frame whose beginning was not read is passed over. One thread at a time. */
final class FrameAssembler {

    /**
     * A batch's frame.
     *
     * @param start offset of its first record
     * @param next  offset behind its last record
     */
    record Frame(long epoch, long sequence, long start, long next, byte[] bytes) {}

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private Part last;
    private long start;

    void reset() {
        last = null;
        parts.reset();
    }

    Optional<Frame> add(ConsumerRecord<String, byte[]> record) {
        Part part = BatchRecords.part(record);
        if (part.number() == 0) {
            if (part.of() == 1) {
                reset();
                return Optional.of(new Frame(part.epoch(), part.sequence(), record.offset(), record.offset() + 1, record.value()));
            }
            parts.reset();
            start = record.offset();
        } else if (last == null) {
            return Optional.empty();
        } else if (!follows(part)) {
            throw BatchRecords.damaged(record, "is part " + part.number() + " of batch " + part.sequence() + " behind part " + last.number()
                    + " of batch " + last.sequence());
        }
        parts.writeBytes(record.value());
        if (part.number() + 1 < part.of()) {
            last = part;
            return Optional.empty();
        }
        Frame frame = new Frame(part.epoch(), part.sequence(), start, record.offset() + 1, parts.toByteArray());
        reset();
        return Optional.of(frame);
    }

    private boolean follows(Part part) {
        return part.number() == last.number() + 1 && part.of() == last.of() && part.sequence() == last.sequence()
                && part.epoch() == last.epoch();
    }
}
