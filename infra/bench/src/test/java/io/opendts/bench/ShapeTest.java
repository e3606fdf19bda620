package io.opendts.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void sysbenchHasTheTablesOfTheDesign() {
        assertThat(Shape.SYSBENCH.tables()).containsExactly("sbtest1", "sbtest2", "sbtest3", "sbtest4");
        assertThat(Shape.SYSBENCH.text(500_000)).isEqualTo("4 x 500000 rows, sysbench's own");
        assertThat(Shape.SYSBENCH_ONE.rows(500_000)).isEqualTo(2_000_000);
    }

    @Test
    void othersAreMadeOfANumberOfEachRow() {
        assertThat(Shape.SMALL.create("t")).isEqualTo("create table t (id BIGINT NOT NULL, v INT NOT NULL, PRIMARY KEY (id))");
        assertThat(Shape.SMALL.fill("t", "numbers", 100, 7)).isEqualTo(
                "insert into t select n, n & 1023 from (select n + 100 as n from numbers where n < 7) as numbered");
        assertThat(Shape.WIDE.create("t").split(", ")).as("an id, 40 columns, the key").hasSize(42);
        assertThat(List.of(Shape.values())).allSatisfy(shape -> assertThat(shape.rows(1)).isPositive());
    }
}
