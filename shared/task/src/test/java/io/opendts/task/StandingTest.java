package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Checkpoint;
import io.opendts.model.Position;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void is_read_back_from_its_text() {
        Standing now = new Standing(new Checkpoint(new Position("b.000001:4; 3E11-1:1-5, a b"), 7, 99), 3, 40, 1, 12);

        assertThat(Standing.parse(now.text())).isEqualTo(now);
    }
}
