package io.opendts.queue.kafka;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.kafka.BatchRecords.Part;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts the parts of frames together. A frame whose beginning was not read is passed over. One thread at a time. */
final class FrameAssembler {

    /**
     * A batch's frame.
     *
     * @param start offset of its first record
     * @param next  offset behind its last record
     * @param bytes may be longer than the frame: a large one is in memory once
     */
    record Frame(long epoch, long sequence, long start, long next, byte[] bytes, int size) {}

    /** Room for all parts of one frame. */
    private byte[] frame;
    private int size;
    private Part last;
    private long start;

    void reset() {
        last = null;
        frame = null;
    }

    Optional<Frame> add(ConsumerRecord<String, byte[]> record) {
        Part part = BatchRecords.part(record);
        if (part.number() == 0) {
            if (part.of() == 1) {
                reset();
                return Optional.of(new Frame(part.epoch(), part.sequence(), record.offset(), record.offset() + 1, record.value(),
                        record.value().length));
            }
            frame = room(record, part);
            size = 0;
            start = record.offset();
        } else if (last == null) {
            return Optional.empty();
        } else if (!follows(part)) {
            throw BatchRecords.damaged(record, "is part " + part.number() + " of batch " + part.sequence() + " behind part " + last.number()
                    + " of batch " + last.sequence());
        }
        System.arraycopy(record.value(), 0, frame, size, record.value().length);
        size += record.value().length;
        if (part.number() + 1 < part.of()) {
            last = part;
            return Optional.empty();
        }
        Frame complete = new Frame(part.epoch(), part.sequence(), start, record.offset() + 1, frame, size);
        reset();
        return Optional.of(complete);
    }

    /** Applying it takes a statement of that size beside it. */
    private static byte[] room(ConsumerRecord<String, byte[]> record, Part part) {
        long bytes = (long) part.of() * BatchRecords.PART_BYTES_MAX;
        long heapBytes = Runtime.getRuntime().maxMemory();
        if (bytes > heapBytes / 3) {
            throw new DtsException(ErrorCode.CHANGE_TOO_LARGE, "batch " + part.sequence() + " in topic " + record.topic()
                    + " is a single change of up to " + bytes + " bytes, which this process with its heap of " + heapBytes
                    + " bytes cannot apply", "give the apply processes a larger heap (-Xmx), at least three times the change, and resume");
        }
        return new byte[(int) bytes];
    }

    private boolean follows(Part part) {
        return part.number() == last.number() + 1 && part.of() == last.of() && part.sequence() == last.sequence()
                && part.epoch() == last.epoch();
    }
}
