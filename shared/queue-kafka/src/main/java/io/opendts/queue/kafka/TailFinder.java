package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.model.Relation;
import io.opendts.queue.BatchCodec;
import io.opendts.queue.ChangeLog.Tail;
import io.opendts.queue.kafka.FrameAssembler.Frame;
import java.util.Optional;
import java.util.function.IntFunction;

/** Where a log ends: reads back from the end in windows that grow, because nobody keeps an index. */
final class TailFinder {

    private static final long FIRST_WINDOW_OFFSETS = 8;
    private static final long GROWTH = 8;

    private final KafkaSettings settings;
    private final String task;
    private final BatchCodec codec;

    TailFinder(KafkaSettings settings, String task, IntFunction<Relation> relations) {
        this.settings = settings;
        this.task = task;
        this.codec = new BatchCodec(relations);
    }

    /** The last complete batch that is committed; empty in a log without any. */
    Optional<Tail> find() throws InterruptedException {
        try (ChangesConsumer consumer = new ChangesConsumer(settings, task, 0, "tail")) {
            long begin = consumer.begin();
            long end = consumer.end();
            for (long window = FIRST_WINDOW_OFFSETS;; window *= GROWTH) {
                long from = Math.max(begin, end - window);
                Optional<Tail> tail = lastIn(consumer, from, end);
                if (tail.isPresent() || from == begin) {
                    return tail;
                }
            }
        }
    }

    private Optional<Tail> lastIn(ChangesConsumer consumer, long from, long end) throws InterruptedException {
        FrameAssembler assembler = new FrameAssembler();
        Frame[] last = new Frame[1];
        consumer.walk(from, end, record -> {
            assembler.add(record).ifPresent(frame -> last[0] = frame);
            return true;
        });
        if (last[0] == null) {
            return Optional.empty();
        }
        // A transaction of the queue ends with a whole batch: there is no committed piece behind it.
        Batch batch = codec.decode(last[0].bytes(), last[0].size());
        return Optional.of(new Tail(batch.epoch(), batch.sequence(), batch.upTo()));
    }
}
