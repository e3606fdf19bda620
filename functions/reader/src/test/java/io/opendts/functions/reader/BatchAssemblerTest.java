package io.opendts.functions.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchAssemblerTest {

    private static final TableId TABLE = new TableId("db", "t");
    private static final Relation RELATION = new Relation(1, TABLE, TABLE, List.of(), List.of(), List.of(), true);

    @Test
    void a_single_transaction_is_sent_as_soon_as_nothing_more_waits() {
        BatchAssembler batches = new BatchAssembler("shop", 3, 7, at(0), 10_000);
        assertThat(batches.add(begin(0))).isEmpty();
        assertThat(batches.add(insert(10))).isEmpty();
        assertThat(batches.idle(at(0))).as("in the middle of a transaction").isEmpty();
        assertThat(batches.add(new Change.End(at(1)))).isEmpty();
        assertThat(batches.idle(at(1))).singleElement().satisfies(batch -> {
            assertThat(batch.sequence()).isEqualTo(7);
            assertThat(batch.epoch()).isEqualTo(3);
            assertThat(batch.from()).isEqualTo(at(0));
            assertThat(batch.upTo()).isEqualTo(at(1));
            assertThat(batch.whole()).isTrue();
            assertThat(batch.changes()).hasSize(3);
        });
        assertThat(batches.idle(at(1))).isEmpty();
    }

    @Test
    void progress_past_transactions_that_nobody_selected_is_an_empty_batch() {
        BatchAssembler batches = new BatchAssembler("shop", 1, 1, at(0), 10_000);
        assertThat(batches.idle(at(9))).singleElement().satisfies(batch -> {
            assertThat(batch.changes()).isEmpty();
            assertThat(batch.upTo()).isEqualTo(at(9));
        });
    }

    @Test
    void a_transaction_larger_than_a_batch_goes_in_pieces_behind_the_whole_ones() {
        BatchAssembler batches = new BatchAssembler("shop", 1, 1, at(0), 1_000);
        List<Batch> sent = new ArrayList<>();
        List<Change> changes = List.of(begin(0), insert(10), new Change.End(at(1)),
                begin(1), insert(600), insert(600), insert(600), insert(600), new Change.End(at(2)));
        changes.forEach(change -> sent.addAll(batches.add(change)));
        sent.addAll(batches.idle(at(2)));
        assertThat(sent).extracting(Batch::whole).containsExactly(true, false, false, true);
        assertThat(sent).extracting(Batch::upTo).containsExactly(at(1), at(1), at(1), at(2));
        assertThat(sent.stream().flatMap(b -> b.changes().stream())).containsExactlyElementsOf(changes);
    }

    /** Nothing is lost or moved, batches join up, and a batch ends inside a transaction only if that one is large. */
    @Test
    void any_stream_comes_out_as_it_went_in() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            BatchAssembler batches = new BatchAssembler("shop", 1, 1, at(0), 500);
            List<Change> in = new ArrayList<>();
            List<Batch> out = new ArrayList<>();
            for (int t = 0; t < 20; t++) {
                feed(batches, begin(t), in, out);
                int rows = random.nextInt(6);
                for (int i = 0; i < rows; i++) {
                    feed(batches, insert(random.nextInt(200)), in, out);
                }
                feed(batches, new Change.End(at(t + 1)), in, out);
                if (random.nextBoolean()) {
                    out.addAll(batches.idle(at(t + 1)));
                }
            }
            out.addAll(batches.idle(at(20)));
            assertThat(out.stream().flatMap(b -> b.changes().stream())).as("seed %d", seed).containsExactlyElementsOf(in);
            for (int i = 1; i < out.size(); i++) {
                assertThat(out.get(i).from()).isEqualTo(out.get(i - 1).upTo());
                assertThat(out.get(i).sequence()).isEqualTo(out.get(i - 1).sequence() + 1);
            }
            assertThat(out.getLast().upTo()).isEqualTo(at(20));
        }
    }

    private static void feed(BatchAssembler batches, Change change, List<Change> in, List<Batch> out) {
        in.add(change);
        out.addAll(batches.add(change));
    }

    private static Change begin(int position) {
        return new Change.Begin("", at(position), 0);
    }

    private static Change insert(int bytes) {
        return new Change.Insert(RELATION, Row.wrap(new byte[bytes]));
    }

    private static Position at(int position) {
        return new Position("bin.000001:" + position);
    }
}
