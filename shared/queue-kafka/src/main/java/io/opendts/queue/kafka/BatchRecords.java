package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.MessageType;
import io.opendts.queue.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A batch's frame as records of its task's topic: parts of at most {@link #PART_BYTES_MAX}, one behind the other, each a
 * CloudEvent in binary mode with one more header, {@value #HEADER}: epoch and sequence (8 bytes each), number of this part from
 * 0 and of all parts (4 bytes each), big endian.
 */
final class BatchRecords {

    /** Below the limit of 1 MiB that brokers and clients have unless told otherwise. */
    static final int PART_BYTES_MAX = 900_000;
    static final String HEADER = "dts-frame";
    private static final int HEADER_BYTES = 24;
    private static final int PARTS_MAX = Integer.MAX_VALUE / PART_BYTES_MAX;
    private static final String SOURCE = "/functions/reader";
    private static final String CONTENT_TYPE = "application/x-dts-batch";

    private BatchRecords() {}

    static int parts(byte[] frame) {
        return Math.ceilDiv(frame.length, PART_BYTES_MAX);
    }

    /** One at a time: a large frame is not held twice. */
    static ProducerRecord<String, byte[]> record(Batch batch, int partition, byte[] frame, int part) {
        int parts = parts(frame);
        int from = part * PART_BYTES_MAX;
        byte[] value = parts == 1 ? frame : Arrays.copyOfRange(frame, from, Math.min(frame.length, from + PART_BYTES_MAX));
        Headers headers = new RecordHeaders();
        String id = batch.task() + ":" + batch.epoch() + ":" + batch.sequence();
        CloudEventRecords.add(headers, "ce_specversion", CloudEventRecords.SPEC_VERSION);
        CloudEventRecords.add(headers, "ce_id", parts == 1 ? id : id + ":" + part);
        CloudEventRecords.add(headers, "ce_type", MessageType.CHANGES_BATCH.type());
        CloudEventRecords.add(headers, "ce_source", SOURCE);
        CloudEventRecords.add(headers, "ce_subject", batch.task());
        CloudEventRecords.add(headers, CloudEventRecords.CONTENT_TYPE, CONTENT_TYPE);
        headers.add(HEADER, ByteBuffer.allocate(HEADER_BYTES).putLong(batch.epoch()).putLong(batch.sequence()).putInt(part)
                .putInt(parts).array());
        return new ProducerRecord<>(Topics.changes(batch.task()), partition, batch.task(), value, headers);
    }

    /** What a record says of itself. */
    record Part(long epoch, long sequence, int number, int of) {}

    /** @throws DtsException QUEUE_DAMAGED for a record that {@link #record} has not written */
    static Part part(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != HEADER_BYTES || record.value() == null) {
            throw damaged(record, "is no batch of changes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(header.value());
        Part part = new Part(bytes.getLong(), bytes.getLong(), bytes.getInt(), bytes.getInt());
        if (part.of() < 1 || part.of() > PARTS_MAX || part.number() < 0 || part.number() >= part.of()
                || record.value().length > PART_BYTES_MAX) {
            throw damaged(record, "says that it is part " + part.number() + " of " + part.of() + " with " + record.value().length
                    + " bytes");
        }
        return part;
    }

    static DtsException damaged(ConsumerRecord<?, ?> record, String what) {
        return new DtsException(ErrorCode.QUEUE_DAMAGED, "the record at offset " + record.offset() + " of topic "
                + record.topic() + " " + what,
                "let nothing but OpenDTS write to this topic; stop the task, delete the topic and resume: the source's log is read again "
                        + "from the checkpoint on the target");
    }
}
