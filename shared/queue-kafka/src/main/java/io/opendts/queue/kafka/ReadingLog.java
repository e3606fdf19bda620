package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Relation;
import io.opendts.queue.BatchCodec;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.kafka.ChangesConsumer.Start;
import io.opendts.queue.kafka.FrameAssembler.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The apply worker's side: an assigned consumer, because the lease and the checkpoint on the target say who reads and from
 * where, and a group would add a second opinion. In memory is at most what one fetch and one poll bring, and the parts of one
 * frame.
 */
final class ReadingLog implements ChangeLog {

    /** A broker that is away answers a poll with silence: after so long without a record it is asked. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** Less is no answer: a fetch has to go there and back. */
    private static final long WAIT_LEAST_MILLIS = 20;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final KafkaTopics topics;
    private final Runnable closeTopics;
    private final String task;
    private final BatchCodec codec;
    private final TailFinder finder;
    private final ChangesConsumer consumer;
    private final Trimmer trimmer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<ConsumerRecord<String, byte[]>> polled = new ArrayDeque<>();
    private final FrameAssembler assembler = new FrameAssembler();
    private volatile boolean closed;
    /** The sequence that comes next from where the consumer stands; {@link #UNKNOWN} when it must be looked for. */
    private long next = UNKNOWN;
    private Frame held;
    private long heardAtNanos = System.nanoTime();
    private volatile long readThrough = -1;
    private volatile long position;

    ReadingLog(KafkaTopics topics, Runnable closeTopics, String task, int partition, IntFunction<Relation> relations) {
        this.topics = topics;
        this.closeTopics = closeTopics;
        this.task = task;
        this.codec = new BatchCodec(relations);
        this.finder = new TailFinder(topics.settings(), task, relations);
        this.consumer = new ChangesConsumer(topics.settings(), task, partition, "apply");
        this.trimmer = new Trimmer(topics, consumer.partition());
    }

    /** Waits for 20 ms at least. */
    @Override
    public List<Batch> readFrom(long sequence, int maxBytes, long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                return List.of();
            }
            if (sequence <= trimmer.trimmedThrough()) {
                throw KafkaErrors.gap("batch " + sequence + " has been trimmed from " + topic());
            }
            trimmer.flushIfDue();
            if (sequence != next) {
                locate(sequence);
            }
            List<Batch> batches = read(maxBytes, Math.max(waitMillis, WAIT_LEAST_MILLIS));
            next = batches.isEmpty() ? sequence : batches.getLast().sequence() + 1;
            return batches;
        } catch (WakeupException e) {
            return List.of();
        } catch (OffsetOutOfRangeException e) {
            trimmer.forgetPlaces();
            throw KafkaErrors.gap("batch " + sequence + " is no longer in " + topic() + ", which has lost what waited in it");
        } finally {
            lock.unlock();
        }
    }

    private List<Batch> read(int maxBytes, long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        List<Batch> batches = new ArrayList<>();
        long bytes = 0;
        long wanted = next;
        // Whatever ends this by an exception has taken records away that nobody got.
        next = UNKNOWN;
        while (true) {
            for (Frame frame = frame(wanted); frame != null; frame = frame(wanted)) {
                if (!batches.isEmpty() && (bytes + frame.size() > maxBytes || frame.sequence() != wanted)) {
                    held = frame;
                    return batches;
                }
                batches.add(take(frame, wanted));
                wanted++;
                bytes += frame.size();
                if (bytes >= maxBytes) {
                    return batches;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 && batches.isEmpty()) {
                listen(wanted);
                return batches;
            }
            // What has arrived with the rest is taken along; nobody waits for more.
            poll(batches.isEmpty() ? Duration.ofNanos(left) : Duration.ZERO);
            if (polled.isEmpty() && !batches.isEmpty()) {
                return batches;
            }
        }
    }

    /** The next frame of what was polled that is not behind already; null when there is none. */
    private Frame frame(long wanted) {
        Frame kept = held;
        held = null;
        if (kept != null) {
            return kept;
        }
        while (!polled.isEmpty()) {
            Optional<Frame> frame = assembler.add(polled.removeFirst());
            if (frame.isPresent() && frame.get().sequence() >= wanted) {
                return frame.get();
            }
        }
        return null;
    }

    private Batch take(Frame frame, long wanted) {
        if (frame.sequence() != wanted) {
            throw KafkaErrors.gap("batch " + wanted + " is missing in " + topic() + ": it goes on with " + frame.sequence());
        }
        Batch batch = codec.decode(frame.bytes(), frame.size());
        if (batch.sequence() != frame.sequence() || !batch.task().equals(task)) {
            throw new DtsException(ErrorCode.QUEUE_DAMAGED, "the record at offset " + frame.start() + " of " + topic() + " holds batch "
                    + batch.sequence() + " of task " + batch.task() + " instead of batch " + frame.sequence(),
                    "let nothing but OpenDTS write to this topic; delete it and resume the task");
        }
        readThrough = frame.sequence();
        trimmer.passed(frame.sequence(), frame.start(), frame.next());
        return batch;
    }

    private void poll(Duration wait) throws InterruptedException {
        polled.addAll(consumer.poll(wait));
        position = consumer.position();
        if (!polled.isEmpty()) {
            heardAtNanos = System.nanoTime();
        }
    }

    /** Tells silence of a log without news from silence of a broker that is away, or of a topic that is gone. */
    private void listen(long wanted) throws InterruptedException {
        if (System.nanoTime() - heardAtNanos < SILENCE_NANOS) {
            return;
        }
        try {
            if (consumer.end() < position) {
                throw KafkaErrors.gap("batch " + wanted + " cannot come in " + topic() + ", which has lost what waited in it");
            }
            heardAtNanos = System.nanoTime();
        } catch (DtsException e) {
            throw e.code() == ErrorCode.QUEUE_UNAVAILABLE ? goneOr(e) : e;
        }
    }

    private DtsException goneOr(DtsException unavailable) {
        return topics.exists(consumer.partition().topic()) ? unavailable
                : KafkaErrors.gap(topic() + " does not exist (any more): it is made again when the task is resumed");
    }

    /** A batch that was handed out and is wanted again is where it was; and what has been applied is being trimmed just then. */
    private void locate(long sequence) throws InterruptedException {
        polled.clear();
        assembler.reset();
        held = null;
        next = UNKNOWN;
        OptionalLong known = trimmer.start(sequence);
        if (known.isPresent()) {
            consumer.seek(known.getAsLong());
        } else {
            find(sequence);
        }
        next = sequence;
        heardAtNanos = System.nanoTime();
    }

    /** Offsets have holes, so the place of a sequence is searched by halves. */
    private void find(long sequence) throws InterruptedException {
        long begin;
        long end;
        try {
            begin = consumer.begin();
            end = consumer.end();
        } catch (DtsException e) {
            throw goneOr(e);
        }
        Optional<Start> first = consumer.firstStart(begin, end);
        if (first.isEmpty()) {
            consumer.seek(end);
        } else if (first.get().sequence() > sequence) {
            throw KafkaErrors.gap("batch " + sequence + " is not in " + topic() + ", which begins with batch " + first.get().sequence());
        } else {
            consumer.seek(search(first.get(), end, sequence));
        }
    }

    private long search(Start first, long end, long sequence) throws InterruptedException {
        if (first.sequence() == sequence) {
            return first.offset();
        }
        Start below = first;
        Start found = null;
        long high = end;
        while (below.offset() + 1 < high) {
            long middle = below.offset() + (high - below.offset()) / 2;
            Optional<Start> start = consumer.firstStart(middle, high);
            if (start.isEmpty()) {
                high = middle;
            } else if (start.get().sequence() >= sequence) {
                found = start.get();
                high = middle;
            } else {
                below = start.get();
            }
        }
        long reached = found == null ? below.sequence() + 1 : found.sequence();
        if (found == null ? sequence > reached : sequence != reached) {
            throw KafkaErrors.gap("batch " + sequence + " is not in " + topic() + ": batch " + below.sequence() + " is followed by "
                    + (found == null ? "nothing yet" : "batch " + found.sequence()));
        }
        trimmer.passed(below.sequence(), below.offset(), found == null ? end : found.offset());
        return found == null ? end : found.offset();
    }

    @Override
    public void trim(long throughSequence) {
        trimmer.trim(throughSequence);
    }

    @Override
    public Optional<Tail> last() {
        try {
            return finder.find();
        } catch (InterruptedException e) {
            throw KafkaErrors.interrupted("was asked for the end of " + topic(), topics.settings(), e);
        }
    }

    @Override
    public void append(List<Batch> batches) {
        throw KafkaErrors.bug("the log of task " + task + " was opened to read and is appended to");
    }

    @Override
    public Optional<Tail> truncateTail() {
        throw KafkaErrors.bug("the log of task " + task + " was opened to read and is truncated");
    }

    /** Batches: those read and not trimmed, and the offsets behind them, which is up to twice too much. Bytes: of the files. */
    @Override
    public Size size() {
        long trimmed = trimmer.trimmedThrough();
        long read = readThrough < 0 || trimmed == UNKNOWN ? 0 : Math.max(0, readThrough - trimmed);
        long behind = topics.lag(KafkaChangeLog.APPLY_GROUP, consumer.partition().topic());
        return new Size(Math.max(read, behind), behind == 0 ? 0 : fileBytes());
    }

    /** Of one replica. */
    @Override
    public long fileBytes() {
        return Backlog.fileBytes(topics, consumer.partition()).orElse(0);
    }

    private String topic() {
        return "topic " + consumer.partition().topic();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        lock.lock();
        try {
            trimmer.close();
            consumer.close();
        } finally {
            lock.unlock();
        }
        closeTopics.run();
    }
}
