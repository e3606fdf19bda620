package io.opendts.functions.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.functions.snapshot.CascadePoint.Order;
import io.opendts.model.Cascades;
import io.opendts.model.Cascades.Part;
import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CascadePointTest {

    @Test
    void a_table_is_what_cascades_do_to_it_and_what_it_does_by_them() {
        assertThat(parts(table("items", "orders"), table("orders", "customers"), table("customers"), table("colours"))).isEqualTo(Map.of(
                id("customers"), Part.PARENT, id("orders"), Part.LINK, id("items"), Part.CHILD, id("colours"), Part.APART));
        assertThat(parts(table("tree", "tree"))).isEqualTo(Map.of(id("tree"), Part.LINK));
        assertThat(parts(table("a", "b"), table("b", "a"), table("z", "a")))
                .isEqualTo(Map.of(id("a"), Part.LINK, id("b"), Part.LINK, id("z"), Part.CHILD));
    }

    @Test
    void a_parent_that_does_not_travel_is_none() {
        assertThat(parts(table("items", "orders"))).isEqualTo(Map.of(id("items"), Part.APART));
    }

    @Test
    void a_table_without_a_key_is_copied_at_the_point_too() {
        List<Table> tables = List.of(table("items", "orders"), table("orders"));
        assertThat(Cascades.among(tables, t -> t.id().equals(id("items"))).parts())
                .isEqualTo(Map.of(id("orders"), Part.PARENT, id("items"), Part.LINK));
    }

    @Test
    void parents_are_copied_before_the_point_and_children_after_it() {
        Order order = new Order(Cascades.among(List.of(table("items", "orders"), table("orders", "customers"), table("customers"),
                table("tree", "tree"), table("colours")), t -> false), Optional.of(id("orders")));
        assertThat(Stream.of("customers", "orders", "colours", "tree", "items").map(name -> order.level(id(name))))
                .containsExactly(0, 1, 1, 2, 3);
        assertThat(order.together(id("tree"))).isTrue();
        assertThat(order.together(id("items"))).isFalse();
    }

    private static Map<TableId, Part> parts(Table... tables) {
        return Cascades.among(List.of(tables), t -> false).parts();
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
