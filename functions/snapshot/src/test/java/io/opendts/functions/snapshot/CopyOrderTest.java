package io.opendts.functions.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CopyOrderTest {

    @Test
    void parents_of_cascades_come_before_their_children() {
        assertThat(CopyOrder.levels(List.of(table("a_items", "orders"), table("customers"), table("orders", "customers"))))
                .isEqualTo(Map.of(id("customers"), 0, id("orders"), 1, id("a_items"), 2));
    }

    @Test
    void what_nothing_ties_together_is_copied_at_once() {
        assertThat(CopyOrder.levels(List.of(table("b"), table("a"), table("tree", "tree"), table("c", "left_behind"))))
                .isEqualTo(Map.of(id("a"), 0, id("b"), 0, id("c"), 0, id("tree"), 0));
    }

    @Test
    void a_cycle_shares_a_level() {
        assertThat(CopyOrder.levels(List.of(table("a", "b"), table("b", "a"), table("z", "a"))))
                .isEqualTo(Map.of(id("a"), 0, id("b"), 0, id("z"), 0));
    }

    private static Table table(String name, String... parents) {
        List<ForeignKey> keys = Stream.of(parents)
                .map(parent -> new ForeignKey("fk", List.of("p"), id(parent), List.of("id"), true)).toList();
        return new Table(id(name), List.of(), List.of(), keys, "InnoDB", "", 0, 0);
    }

    private static TableId id(String name) {
        return new TableId("shop", name);
    }
}
