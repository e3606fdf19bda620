package io.opendts.engines.mysql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    @Test
    void narrowRowsComeAsAskedAndWideOnesByTheirBytes() {
        assertThat(ChunkSize.rows(table(1_000_000, 200_000_000), 300_000)).isEqualTo(300_000);
        assertThat(ChunkSize.rows(table(1_000_000, 1L << 40), 300_000)).isEqualTo(61);
        assertThat(ChunkSize.rows(table(10, 10L << 30), 300_000)).isEqualTo(1);
    }

    @Test
    void withoutStatisticsTheyComeAsAsked() {
        assertThat(ChunkSize.rows(table(0, 16_384), 300_000)).isEqualTo(300_000);
        assertThat(ChunkSize.rows(table(5, 0), 0)).isEqualTo(1);
    }

    private static Table table(long rows, long bytes) {
        return new Table(new TableId("shop", "orders"), List.of(), List.of(), List.of(), "InnoDB", "", rows, bytes);
    }
}
