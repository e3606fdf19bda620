package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.queue.ChangeLog;
import java.util.List;
import java.util.Optional;

/** A log that is appended to and read in one place, as the contract does it. */
record BothSides(ChangeLog appending, ChangeLog reading) implements ChangeLog {

    @Override
    public void append(Batch batch) throws InterruptedException {
        appending.append(batch);
    }

    @Override
    public void append(List<Batch> batches) throws InterruptedException {
        appending.append(batches);
    }

    @Override
    public Optional<Tail> last() {
        return appending.last();
    }

    @Override
    public Optional<Tail> truncateTail() {
        return appending.truncateTail();
    }

    @Override
    public List<Batch> readFrom(long sequence, int maxBytes, long waitMillis) throws InterruptedException {
        return reading.readFrom(sequence, maxBytes, waitMillis);
    }

    @Override
    public void trim(long throughSequence) {
        reading.trim(throughSequence);
    }

    @Override
    public Size size() {
        return appending.size();
    }

    @Override
    public long fileBytes() {
        return appending.fileBytes();
    }

    @Override
    public void close() {
        appending.close();
        reading.close();
    }
}
