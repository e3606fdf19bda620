package io.opendts.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.bench.BenchOptions.Measure;
import io.opendts.testkit.ServerVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

    private static final Path ROOT = Path.of("/checkout");

    @Test
    void withoutWordsItIsTheMeasurementOfTheDesign() throws Exception {
        BenchOptions options = BenchOptions.parse(List.of(), ROOT);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.rows()).isEqualTo(500_000);
        assertThat(options.transactions()).isEqualTo(100_000);
        assertThat(options.only()).containsExactlyInAnyOrder(Measure.FULL, Measure.CATCHUP);
        assertThat(options.results()).isEqualTo(Path.of("/checkout/infra/bench/results"));
    }

    @Test
    void aSmokeTestLeavesNoPageAmongTheResults() throws Exception {
        BenchOptions options = BenchOptions.parse(List.of("--quick", "--rows=7"), ROOT);
        assertThat(options.rows()).isEqualTo(7);
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(options.results()).isEqualTo(Path.of("/checkout/infra/bench/target/results"));
    }

    @Test
    void valuesComeAsOneWordOrTwo() throws Exception {
        BenchOptions options = BenchOptions.parse(List.of("--only", "catchup", "--server=mysql-8.0"), ROOT);
        assertThat(options.only()).containsExactly(Measure.CATCHUP);
        assertThat(options.server()).isEqualTo(ServerVersion.MYSQL_8_0);
    }

    @Test
    void withAClusterItMeasuresWhatOnlyAClusterHasToo() throws Exception {
        BenchOptions options = BenchOptions.parse(List.of("--cluster", "--quick"), ROOT);
        assertThat(options.cluster()).isTrue();
        assertThat(options.only()).containsExactlyInAnyOrder(Measure.FULL, Measure.CATCHUP, Measure.LAG, Measure.COLD);
        assertThat(BenchOptions.parse(List.of("--only", "lag"), ROOT).only()).containsExactly(Measure.LAG);
        assertThat(BenchOptions.parse(List.of("--only=cold", "--cluster", "--alone"), ROOT).choices())
                .isEqualTo(" --cluster --alone --only cold");
        assertThat(BenchOptions.parse(List.of(), ROOT).choices()).isEmpty();
        assertThat(BenchOptions.parse(List.of("--only=full", "--shape=sysbench-one"), ROOT).choices())
                .isEqualTo(" --only full --shape sysbench-one");
    }

    @ParameterizedTest
    @CsvSource({
        "--round 3, there is no option --round",
        "--shape wide, --shape and --mix belong to one measure",
        "--only full --mix hot, --mix with --only catchup",
        "--only full --shape tall, 'it is one of sysbench, sysbench-one, wide'",
        "--rows, the option --rows lacks its value",
        "--rows many, a number is needed",
        "--rounds 0, at least 1 is needed",
        "--only both, 'it is full, catchup, lag, cold or decoder'",
        "--only cold, needs --cluster",
        "--server oracle, mariadb-10.11"
    })
    void aMistakeIsNamed(String words, String message) {
        assertThatThrownBy(() -> BenchOptions.parse(List.of(words.split(" ")), ROOT))
                .isInstanceOf(BenchOptions.UsageException.class).hasMessageContaining(message);
    }
}
