package io.opendts.engines.mysql.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.shadow.ToolName.Role;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names that tools give, read back. */
class ToolNameTest {

    private static final String LONG = "t".repeat(62);
    private static final List<TableId> TABLES = List.of(new TableId("d", "orders"), new TableId("d", "_orders"), new TableId("d", LONG),
            new TableId("d", "x".repeat(61) + "1"), new TableId("d", "x".repeat(61) + "2"));

    private static Optional<ToolName> of(String name) {
        return ToolName.of(new TableId("d", name), TABLES::contains, _ -> TABLES);
    }

    private static Optional<ToolName> named(String table, Role role) {
        return Optional.of(new ToolName(new TableId("d", table), role));
    }

    @Test
    void speak_of_a_table_that_is_there() {
        assertThat(of("_orders_gho")).isEqualTo(named("orders", Role.REPLACEMENT));
        assertThat(of("_orders_new")).isEqualTo(named("orders", Role.REPLACEMENT));
        assertThat(of("_orders_ghc")).isEqualTo(named("orders", Role.LOG));
        assertThat(of("_orders_ghk")).isEqualTo(named("orders", Role.LOG));
        assertThat(of("_orders_del")).isEqualTo(named("orders", Role.OLD));
        assertThat(of("_orders_20260102030405_del")).isEqualTo(named("orders", Role.OLD));
        assertThat(of("__orders_old")).as("a table of that name is there").isEqualTo(named("_orders", Role.OLD));
        assertThat(of("_____orders_new")).isEqualTo(named("_orders", Role.REPLACEMENT));
        assertThat(of("_other_gho")).isEmpty();
        assertThat(of("orders_new")).isEmpty();
        assertThat(of("_orders_")).isEmpty();
    }

    @Test
    void may_be_cut() {
        assertThat(of("_" + LONG.substring(0, 59) + "_gho")).isEqualTo(named(LONG, Role.REPLACEMENT));
        assertThat(of("_" + LONG + "_")).isEqualTo(named(LONG, Role.REPLACEMENT));
        assertThat(of("_" + "x".repeat(59) + "_gho")).as("of two tables").isEmpty();
    }

    @Test
    void of_triggers_are_of_one_table() {
        assertThat(ToolName.isTrigger("pt_osc_d_orders_ins", new TableId("d", "orders"))).isTrue();
        assertThat(ToolName.isTrigger("pt_osc_my_db_or_ders_del", new TableId("my-db", "or.ders"))).isTrue();
        assertThat(ToolName.isTrigger("pt_osc_d_orders_ins", new TableId("d", "order"))).isFalse();
        assertThat(ToolName.isTrigger(("pt_osc_d_" + LONG).substring(0, 60) + "_upd", new TableId("d", LONG))).isTrue();
    }
}
