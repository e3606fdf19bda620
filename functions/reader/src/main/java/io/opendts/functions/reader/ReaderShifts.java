package io.opendts.functions.reader;

import io.opendts.cluster.LongWork;
import io.opendts.cluster.WorkMetrics;
import io.opendts.model.TaskState;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.kafka.KafkaChangeLog;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.Leases.Lease;
import io.opendts.task.Facts;
import io.opendts.task.LeaseName;
import io.opendts.task.RelationsByNumber;
import io.opendts.task.TaskContext;

/** Reading a task's log, as long work of a process. The lease's epoch is in every batch. */
final class ReaderShifts implements LongWork {

    private final KafkaSettings kafka;
    private final KafkaTopics topics;
    private final WorkMetrics metrics;

    ReaderShifts(KafkaSettings kafka, KafkaTopics topics, WorkMetrics metrics) {
        this.kafka = kafka;
        this.topics = topics;
        this.metrics = metrics;
    }

    @Override
    public String lease(String task, int part) {
        return LeaseName.reader(task);
    }

    /** From the moment when it is known where the log begins: the source may purge it while the copy goes on. */
    @Override
    public boolean wanted(TaskState state) {
        return state instanceof TaskState.Running;
    }

    @Override
    public int parts(Facts facts) {
        return facts.prepared() && facts.logStart().isPresent() ? 1 : 0;
    }

    @Override
    public Shift begin(TaskContext task, Lease lease, int part) {
        return new ReaderShift(task, lease.epoch());
    }

    private final class ReaderShift implements Shift {

        private final TaskContext task;
        private final int partitions;
        private final ChangeLog changes;
        private final ReaderFunction reader;

        ReaderShift(TaskContext task, long epoch) {
            this.task = task;
            Facts facts = Facts.of(task);
            facts.partitions(task.applyPartitions());
            this.partitions = facts.partitions();
            this.changes = KafkaChangeLog.toAppend(kafka, task.name(), partitions, epoch, new RelationsByNumber(task.store(), task.name()));
            this.reader = new ReaderFunction(task, changes, epoch);
        }

        @Override
        public void run() throws InterruptedException {
            try (changes; var _ = metrics.readerBytes(task.name(), reader, ReaderFunction::bytesRead)) {
                topics.ensureChanges(task.name(), partitions);
                reader.run();
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
