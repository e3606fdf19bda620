package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.model.Row;
import io.opendts.queue.Batches;
import java.util.List;

/** Batches that cannot be compressed. */
final class Noise {

    private Noise() {}

    static Batch batch(long sequence, byte[] bytes) {
        Position from = new Position("binlog.000001:" + sequence);
        Position upTo = new Position("binlog.000001:" + (sequence + 1));
        return new Batch("shop", 1, sequence, from, upTo, true, List.of(new Change.Begin("gtid", from, sequence),
                new Change.Insert(Batches.RELATIONS.get(1), Row.wrap(bytes)), new Change.End(upTo)));
    }
}
