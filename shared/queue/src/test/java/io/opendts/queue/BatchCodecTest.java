package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class BatchCodecTest {

    private final BatchCodec codec = new BatchCodec(Batches.RELATIONS::get);

    @Test
    void whatIsDecodedEqualsWhatWasEncoded() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            Batch batch = Batches.random(random);
            assertThat(codec.decode(codec.encode(batch))).isEqualTo(batch);
        }
    }

    @Test
    void everyCutIsNoticed() {
        byte[] frame = codec.encode(Batches.one(1, 5, true, 50));
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertDamaged(() -> codec.decode(cut));
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] frame = codec.encode(Batches.one(1, 5, true, 50));
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] flipped = frame.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(() -> codec.decode(flipped));
        }
    }

    @Test
    void garbageBehindARightChecksumNeitherHangsNorGrows() {
        Random random = new Random(2);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 5_000; i++) {
                byte[] body = codec.encode(Batches.random(random));
                for (int n = random.nextInt(1, 6); n > 0; n--) {
                    body[random.nextInt(5, body.length - 4)] = (byte) random.nextInt();
                }
                try {
                    codec.body(new ByteSource(body, 5, body.length - 4));
                } catch (DtsException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_DAMAGED);
                }
            }
        });
    }

    @Test
    void aLayoutThatNobodyKnowsIsNamed() {
        byte[] frame = codec.encode(Batches.one(1, 5, true, 50));
        assertThatThrownBy(() -> new BatchCodec(_ -> null).decode(frame)).hasMessageContaining("no layout has the number 1");
    }

    private static void assertDamaged(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_DAMAGED));
    }
}
