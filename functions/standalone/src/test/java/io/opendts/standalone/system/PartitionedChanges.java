package io.opendts.standalone.system;

import io.opendts.model.Batch;
import io.opendts.queue.BatchSplitter;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.EmbeddedChangeLog;
import io.opendts.task.RelationsByNumber;
import io.opendts.task.TaskContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes of a task in several logs, as they are in several partitions on Kafka. */
final class PartitionedChanges implements ChangeLog {

    private final List<ChangeLog> logs = new ArrayList<>();
    private final BatchSplitter splitter;

    PartitionedChanges(Path folder, TaskContext task, int partitions) {
        this.splitter = new BatchSplitter(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            logs.add(EmbeddedChangeLog.open(folder.resolve("partition-" + partition), task.name(),
                    new RelationsByNumber(task.store(), task.name())));
        }
    }

    ChangeLog of(int partition) {
        return logs.get(partition);
    }

    @Override
    public void append(List<Batch> batches) throws InterruptedException {
        for (Batch batch : batches) {
            List<Batch> parts = splitter.split(batch);
            for (int partition = 0; partition < logs.size(); partition++) {
                logs.get(partition).append(parts.get(partition));
            }
        }
    }

    @Override
    public Optional<Tail> last() {
        return logs.getFirst().last();
    }

    @Override
    public Optional<Tail> truncateTail() {
        return logs.stream().map(ChangeLog::truncateTail).reduce((_, last) -> last).orElseThrow();
    }

    @Override
    public List<Batch> readFrom(long sequence, int maxBytes, long waitMillis) {
        throw new UnsupportedOperationException("each partition is read by itself");
    }

    @Override
    public void trim(long throughSequence) {
        throw new UnsupportedOperationException("each partition is trimmed by itself");
    }

    @Override
    public Size size() {
        return logs.getFirst().size();
    }

    @Override
    public long fileBytes() {
        return logs.getFirst().fileBytes();
    }

    @Override
    public void close() {
        logs.forEach(ChangeLog::close);
    }
}
