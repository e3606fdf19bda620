package io.opendts.functions.apply;

import io.opendts.cluster.LongWork;
import io.opendts.cluster.WorkMetrics;
import io.opendts.model.DtsException;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.kafka.KafkaChangeLog;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.spi.Target;
import io.opendts.state.Leases.Lease;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Facts;
import io.opendts.task.LeaseName;
import io.opendts.task.RelationsByNumber;
import io.opendts.task.Standing;
import io.opendts.task.TaskContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Applying a task's changes, as long work of a process. */
final class ApplyShifts implements LongWork {

    private static final System.Logger LOG = System.getLogger(ApplyShifts.class.getName());

    private static final long TELL_MILLIS = 250;

    private final KafkaSettings kafka;
    private final WorkMetrics metrics;

    ApplyShifts(KafkaSettings kafka, WorkMetrics metrics) {
        this.kafka = kafka;
        this.metrics = metrics;
    }

    @Override
    public String lease(String task, int part) {
        return LeaseName.apply(task, part);
    }

    @Override
    public boolean wanted(TaskState state) {
        return state.equals(new TaskState.Running(Stage.INCREMENTAL));
    }

    /** A part for each partition, as soon as the reader has decided how many there are. */
    @Override
    public int parts(Facts facts) {
        return facts.prepared() ? facts.knownPartitions().orElse(0) : 0;
    }

    @Override
    public Shift begin(TaskContext task, Lease lease, int part) {
        Target target = part == 0 ? task.target() : task.targets().apply(part);
        return new ApplyShift(task, target, part,
                KafkaChangeLog.toRead(kafka, task.name(), part, new RelationsByNumber(task.store(), task.name())));
    }

    private static double lagMillis(ApplyLoop loop) {
        Standing now = loop.standing();
        return now == null ? 0 : now.lagMillis();
    }

    private final class ApplyShift implements Shift {

        private final TaskContext task;
        private final Target target;
        private final int partition;
        private final ChangeLog changes;
        private final ApplyLoop loop;
        private volatile boolean closing;

        ApplyShift(TaskContext task, Target target, int partition, ChangeLog changes) {
            this.task = task;
            this.target = target;
            this.partition = partition;
            this.changes = changes;
            this.loop = new ApplyLoop(task, target, partition, changes, took -> metrics.batch(task.name(), took));
        }

        @Override
        public void run() throws InterruptedException {
            Thread teller = Thread.ofVirtual().name(task.name() + "/standing").start(this::tell);
            try (changes; var _ = metrics.lag(task.name(), loop, ApplyShifts::lagMillis)) {
                loop.run(() -> closing);
            } finally {
                closing = true;
                LockSupport.unpark(teller);
            }
        }

        /** How far it is, for whoever follows the task and for Prometheus. */
        private void tell() {
            Standing counted = null;
            Standing told = null;
            boolean last;
            do {
                last = closing;
                Standing now = loop.standing();
                if (now != null) {
                    count(counted, now);
                    counted = now;
                    told = last ? told : record(told, now);
                }
                LockSupport.parkNanos(last ? 0 : TimeUnit.MILLISECONDS.toNanos(TELL_MILLIS));
            } while (!last);
        }

        /** What is only shown may be late, so a store that is away is passed over. Answers what has been recorded last. */
        private Standing record(Standing told, Standing now) {
            if (now.equals(told)) {
                return told;
            }
            try {
                DisplayedFacts.record(task.store().progress(), task.name(), partition, now);
                return now;
            } catch (DtsException away) {
                LOG.log(System.Logger.Level.DEBUG, "how far {0} is, is shown later: {1}", task.name(), away.getMessage());
                return told;
            }
        }

        private void count(Standing before, Standing now) {
            metrics.applied(task.name(), now.transactions() - (before == null ? 0 : before.transactions()),
                    now.rows() - (before == null ? 0 : before.rows()), now.conflicts() - (before == null ? 0 : before.conflicts()));
        }

        @Override
        public void close() {
            closing = true;
            if (partition > 0) {
                target.close();
            }
        }
    }
}
