package io.opendts.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void theMedianDecidesAndTheSpreadIsShown() {
        String page = Page.section(new Page.Section("Copy", "100 rows", 100, List.of(series("ours", 2, 9, 1), series("theirs", 4, 4))));
        assertThat(page).contains("| ours | 2.00 (1.00-9.00) | 50 |  |",
                "| theirs | 4.00 (4.00-4.00) | 25 | 0.50 |", "- ours: 2.00, 9.00, 1.00");
    }

    @Test
    void theClustersRateStandsBesideThatOfOneProcess() {
        assertThat(Page.ratio(series("one", 8, 9, 10), series("many", 10), 0.8, 0.05)).contains("**0.90**", "at least 0.80", "0.05 cores");
        assertThat(Page.ratio(series("one", 8), series("many"), 0.8, 0)).contains("no figure");
    }

    @Test
    void aPercentileIsOneOfTheValues() {
        double[] hundred = java.util.stream.IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(Lag.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Lag.percentile(hundred, 100)).isEqualTo(100);
        assertThat(Lag.percentile(new double[] {7}, 50)).isEqualTo(7);
    }

    @Test
    void aContestantWithoutAFigureIsNamedWithItsReason() {
        Series absent = series("absent");
        absent.fail("not on this\nmachine");
        String page = Page.section(new Page.Section("Copy", "100 rows", 100, List.of(series("ours", 1), absent)));
        assertThat(page).contains("| absent | no figure, see below |", "- absent: not on this machine");
    }

    @Test
    void tablesThatDifferAreNoFigure() {
        Content source = new Content(Map.of("t", "3 rows, checksum 1, create table t"));
        source.requireEqual(new Content(Map.of("t", "3 rows, checksum 1, create table t")));
        assertThatThrownBy(() -> source.requireEqual(new Content(Map.of("t", "3 rows, checksum 2, create table t"))))
                .isInstanceOf(ContestantFailed.class).hasMessageContaining("NOT EQUAL: t of the source");
        assertThatThrownBy(() -> source.requireEqual(new Content(Map.of()))).isInstanceOf(ContestantFailed.class);
    }

    @Test
    void theNextAutomaticNumberIsNotPartOfATablesDefinition() {
        assertThat(Content.definition("create table t (id int) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4"))
                .isEqualTo("create table t (id int) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
    }

    private static Series series(String name, double... seconds) {
        Series series = new Series(new Named(name));
        for (double one : seconds) {
            series.add(new Sample(one, 0, 0, 0, 0, Map.of()));
        }
        return series;
    }

    private record Named(String name) implements Contestant {

        @Override
        public String how() {
            return "by hand";
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public void prepare() {
        }

        @Override
        public Sample measure() {
            throw new UnsupportedOperationException("only named");
        }
    }
}
