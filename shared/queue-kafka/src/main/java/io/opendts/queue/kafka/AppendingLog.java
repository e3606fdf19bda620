package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.Relation;
import io.opendts.queue.BatchCodec;
import io.opendts.queue.BatchSplitter;
import io.opendts.queue.ChangeLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;

/**
 * The reader's side. Batches up to the last whole one of an append are one Kafka transaction; pieces leave it open until the
 * batch with their end, so that nobody ever sees the pieces of a reader that died. The transactional id belongs to the task:
 * whoever initialised it last is the only one whose records are committed.
 */
final class AppendingLog implements ChangeLog {

    private static final int TRANSACTION_LIMIT_MILLIS = (int) TimeUnit.HOURS.toMillis(1);
    /** What a broker allows unless told otherwise. */
    private static final int TRANSACTION_LIMIT_DEFAULT_MILLIS = (int) TimeUnit.MINUTES.toMillis(15);
    private static final long ROOM_LOOK_MILLIS = 200;

    private enum State { NEW, OPEN, BROKEN, FENCED }

    private final KafkaTopics topics;
    private final Runnable closeTopics;
    private final KafkaSettings settings;
    private final String task;
    private final int partitions;
    private final long epoch;
    private final TailFinder finder;
    private final BatchCodec codec;
    private final long maxWaitingBytes;
    private final Backlog backlog;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
    private volatile KafkaProducer<String, byte[]> producer;
    private volatile boolean closed;
    private State state = State.NEW;
    private BatchSplitter splitter;
    private boolean inTransaction;
    private Tail tail;
    private boolean tailKnown;
    /** The last batch that was sent, committed or not; meaningless in an empty log. */
    private long sequence;
    private long sequenceEpoch;
    private boolean fresh;
    private boolean firstOfThisReader;
    private long openBytes;

    AppendingLog(KafkaTopics topics, Runnable closeTopics, String task, int partitions, long epoch, IntFunction<Relation> relations,
            KafkaChangeLog.Limits limits) {
        this.topics = topics;
        this.closeTopics = closeTopics;
        this.settings = topics.settings();
        this.task = task;
        this.partitions = partitions;
        this.epoch = epoch;
        this.finder = new TailFinder(settings, task, relations);
        this.codec = new BatchCodec(relations);
        this.maxWaitingBytes = limits.maxWaitingBytes();
        this.backlog = new Backlog(topics, KafkaTopics.changes(task), limits.maxWaitingBytes());
    }

    @Override
    public void append(List<Batch> batches) throws InterruptedException {
        if (batches.isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            if (state == State.NEW) {
                open();
            }
            checkState();
            checkOrder(batches);
            waitForRoom();
            long began = System.nanoTime();
            send(batches);
            if (!inTransaction) {
                CommitPace.rest(System.nanoTime() - began, openBytes, closing);
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkState() {
        switch (state) {
            case NEW, OPEN -> { }
            case BROKEN -> throw KafkaErrors.unavailable("may or may not have taken the batches before in " + topic(), settings,
                    new IllegalStateException("where the log ends must be read again"));
            case FENCED -> throw fenced(null);
        }
        if (closed) {
            throw KafkaErrors.unavailable("is not asked any more for " + topic(), settings, new IllegalStateException("closed"));
        }
    }

    /** A reader that goes on behind the target's checkpoint, because the log has lost its end, may begin with a leap. */
    private void checkOrder(List<Batch> batches) {
        long last = fresh ? batches.getFirst().sequence() - 1 : sequence;
        long lastEpoch = sequenceEpoch;
        if (firstOfThisReader && batches.getFirst().epoch() > lastEpoch && batches.getFirst().sequence() > last) {
            last = batches.getFirst().sequence() - 1;
        }
        for (Batch batch : batches) {
            if (batch.sequence() != last + 1 || batch.epoch() < lastEpoch) {
                throw KafkaErrors.gap("batch " + batch.sequence() + " of epoch " + batch.epoch() + " cannot follow batch " + last
                        + " of epoch " + lastEpoch + " in " + topic());
            }
            last = batch.sequence();
            lastEpoch = batch.epoch();
        }
    }

    private void waitForRoom() throws InterruptedException {
        if (inTransaction || backlog.waitingBytes() <= maxWaitingBytes) {
            return;
        }
        backlog.look();
        while (backlog.waitingBytes() > maxWaitingBytes) {
            if (closing.await(ROOM_LOOK_MILLIS, TimeUnit.MILLISECONDS) || closed) {
                checkState();
            }
            backlog.look();
        }
    }

    private void send(List<Batch> batches) throws InterruptedException {
        int whole = batches.size() - 1;
        while (whole >= 0 && !batches.get(whole).whole()) {
            whole--;
        }
        try {
            Future<RecordMetadata> last = null;
            for (int i = 0; i < batches.size(); i++) {
                last = send(batches.get(i));
                if (i == whole) {
                    commit(batches.get(i), last);
                }
            }
            Exception failure = sendFailure.get();
            if (failure != null) {
                throw new KafkaException(failure);
            }
        } catch (InterruptException e) {
            Thread.interrupted();
            breakDown();
            throw interrupted(e);
        } catch (InterruptedException e) {
            breakDown();
            throw e;
        } catch (ExecutionException | KafkaException e) {
            throw failed(e);
        }
    }

    /** The last record of the first partition, by which is known how much waits. */
    private Future<RecordMetadata> send(Batch batch) {
        if (!inTransaction) {
            producer.beginTransaction();
            inTransaction = true;
            openBytes = 0;
        }
        List<Batch> parts = splitter.split(batch);
        Future<RecordMetadata> last = null;
        for (int partition = parts.size() - 1; partition >= 0; partition--) {
            last = send(parts.get(partition), partition);
        }
        sequence = batch.sequence();
        sequenceEpoch = batch.epoch();
        fresh = false;
        firstOfThisReader = false;
        return last;
    }

    private Future<RecordMetadata> send(Batch part, int partition) {
        byte[] frame = codec.encode(part);
        openBytes += frame.length;
        Future<RecordMetadata> last = null;
        int records = BatchRecords.parts(frame);
        for (int number = 0; number < records; number++) {
            last = producer.send(BatchRecords.record(part, partition, frame, number), (_, failure) -> {
                if (failure != null) {
                    sendFailure.compareAndSet(null, failure);
                }
            });
        }
        return last;
    }

    private void commit(Batch batch, Future<RecordMetadata> last) throws ExecutionException, InterruptedException {
        producer.commitTransaction();
        inTransaction = false;
        tail = new Tail(batch.epoch(), batch.sequence(), batch.upTo());
        backlog.appended(batch.sequence(), last.get().offset() + 1, openBytes);
    }

    private RuntimeException failed(Exception failure) {
        if (KafkaErrors.fenced(failure) || KafkaErrors.fenced(sendFailure.get())) {
            breakDown();
            state = State.FENCED;
            return fenced(failure);
        }
        breakDown();
        return KafkaErrors.unavailable("did not take batch " + sequence + " in " + topic(), settings, failure);
    }

    private DtsException fenced(Throwable cause) {
        return KafkaErrors.elsewhere("another reader has taken over task " + task + ", or a transaction of this one (epoch " + epoch
                + ") was open for longer than Kafka allows", cause);
    }

    private void breakDown() {
        if (producer != null) {
            closeProducer();
            state = State.BROKEN;
        }
    }

    private void closeProducer() {
        close(producer);
        producer = null;
        inTransaction = false;
    }

    /** Nothing is aborted here: the next reader does that, this one may not be allowed to any more. An interrupt is kept for later. */
    private static void close(KafkaProducer<String, byte[]> producer) {
        boolean interrupted = Thread.interrupted();
        try {
            producer.close(Duration.ZERO);
        } catch (InterruptException e) {
            interrupted = true;
        } catch (KafkaException e) {
            System.getLogger(AppendingLog.class.getName()).log(System.Logger.Level.DEBUG, "closing a producer", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Optional<Tail> last() {
        lock.lock();
        try {
            if (!tailKnown) {
                tail = finder.find().orElse(null);
                tailKnown = true;
            }
            return Optional.ofNullable(tail);
        } catch (InterruptedException e) {
            throw KafkaErrors.interrupted("was asked for the end of " + topic(), settings, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Tail> truncateTail() {
        lock.lock();
        try {
            return open();
        } catch (InterruptedException e) {
            throw KafkaErrors.interrupted("was asked for the end of " + topic(), settings, e);
        } finally {
            lock.unlock();
        }
    }

    /** First the others are fenced, then the end is read: nothing can come behind it any more but from here. */
    private Optional<Tail> open() throws InterruptedException {
        if (state == State.FENCED || closed) {
            checkState();
        }
        if (producer != null) {
            closeProducer();
        }
        state = State.BROKEN;
        sendFailure.set(null);
        splitter = new BatchSplitter(partitions);
        initialise();
        tail = finder.find().orElse(null);
        tailKnown = true;
        if (tail != null && tail.epoch() > epoch) {
            closeProducer();
            state = State.FENCED;
            throw KafkaErrors.elsewhere("task " + task + " has been read under the newer epoch " + tail.epoch() + ", this reader has epoch "
                    + epoch, null);
        }
        fresh = tail == null;
        sequence = fresh ? 0 : tail.sequence();
        sequenceEpoch = fresh ? 0 : tail.epoch();
        firstOfThisReader = true;
        backlog.start(sequence);
        state = State.OPEN;
        return Optional.ofNullable(tail);
    }

    private void initialise() throws InterruptedException {
        try {
            initialise(TRANSACTION_LIMIT_MILLIS);
        } catch (InvalidTxnTimeoutException e) {
            closeProducer();
            initialise(TRANSACTION_LIMIT_DEFAULT_MILLIS);
        }
    }

    private void initialise(int transactionLimitMillis) throws InterruptedException {
        try {
            producer = new KafkaProducer<>(settings.transactional("dts-reader-" + task, transactionLimitMillis));
            producer.initTransactions();
        } catch (InvalidTxnTimeoutException e) {
            throw e;
        } catch (InterruptException e) {
            Thread.interrupted();
            breakDown();
            throw interrupted(e);
        } catch (KafkaException e) {
            if (e.getCause() instanceof InvalidTxnTimeoutException limit) {
                throw limit;
            }
            breakDown();
            throw KafkaErrors.unavailable("does not begin transactions for " + topic(), settings, e);
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }

    @Override
    public List<Batch> readFrom(long from, int maxBytes, long waitMillis) {
        throw KafkaErrors.bug("the log of task " + task + " was opened to append and is read");
    }

    @Override
    public void trim(long throughSequence) {
        throw KafkaErrors.bug("the log of task " + task + " was opened to append and is trimmed");
    }

    /** Bytes of the frames; of what earlier readers have left, a guess. */
    @Override
    public Size size() {
        backlog.look();
        long done = backlog.doneSequence();
        long batches = done < 0 ? backlog.lastSequence() : Math.max(0, backlog.lastSequence() - done);
        return new Size(batches, batches == 0 ? 0 : backlog.waitingBytes());
    }

    /** Of one replica. */
    @Override
    public long fileBytes() {
        return backlog.fileBytes().orElse(0);
    }

    private String topic() {
        return "topic " + KafkaTopics.changes(task).topic();
    }

    /** The next reader aborts an open transaction. */
    @Override
    public void close() {
        closed = true;
        KafkaProducer<String, byte[]> sending = producer;
        if (sending != null) {
            // Ends an append of another thread, which holds the lock.
            close(sending);
        }
        lock.lock();
        try {
            closing.signalAll();
            if (producer != null) {
                closeProducer();
            }
        } finally {
            lock.unlock();
        }
        closeTopics.run();
    }
}
