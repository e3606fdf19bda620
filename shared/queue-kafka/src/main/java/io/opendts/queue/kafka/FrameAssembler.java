package io.opendts.queue.kafka;

import io.opendts.queue.kafka.BatchRecords.Part;
import java.util.ArrayList;
import java.util.List;
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

    private final List<byte[]> parts = new ArrayList<>();
    private Part last;
    private long start;

    void reset() {
        last = null;
        parts.clear();
    }

    Optional<Frame> add(ConsumerRecord<String, byte[]> record) {
        Part part = BatchRecords.part(record);
        if (part.number() == 0) {
            if (part.of() == 1) {
                reset();
                return Optional.of(new Frame(part.epoch(), part.sequence(), record.offset(), record.offset() + 1, record.value()));
            }
            parts.clear();
            start = record.offset();
        } else if (last == null) {
            return Optional.empty();
        } else if (!follows(part)) {
            throw BatchRecords.damaged(record, "is part " + part.number() + " of batch " + part.sequence() + " behind part " + last.number()
                    + " of batch " + last.sequence());
        }
        parts.add(record.value());
        if (part.number() + 1 < part.of()) {
            last = part;
            return Optional.empty();
        }
        Frame frame = new Frame(part.epoch(), part.sequence(), start, record.offset() + 1, joined());
        reset();
        return Optional.of(frame);
    }

    private byte[] joined() {
        byte[] frame = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, frame, at, part.length);
            at += part.length;
        }
        return frame;
    }

    private boolean follows(Part part) {
        return part.number() == last.number() + 1 && part.of() == last.of() && part.sequence() == last.sequence()
                && part.epoch() == last.epoch();
    }
}
