package io.opendts.functions.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CopyOrderTest {

    @Test
    void parents_of_cascades_come_before_their_children() {
        assertThat(CopyOrder.levels(List.of(table("a_items", "orders"), table("customers"), table("orders", "customers"))))
                .containsExactly(List.of(id("customers")), List.of(id("orders")), List.of(id("a_items")));
    }

    @Test
    void what_nothing_ties_together_is_copied_at_once() {
        assertThat(CopyOrder.levels(List.of(table("b"), table("a"), table("tree", "tree"), table("c", "left_behind"))))
                .containsExactly(List.of(id("a"), id("b"), id("c"), id("tree")));
    }

    @Test
    void a_cycle_shares_a_level() {
        assertThat(CopyOrder.levels(List.of(table("a", "b"), table("b", "a"), table("z", "a"))))
                .containsExactly(List.of(id("a"), id("b"), id("z")));
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
