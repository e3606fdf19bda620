package io.opendts.engines.mysql.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only what tools alone make is taken for theirs. */
class ToolsAtWorkTest {

    private static Table table(String name, String... columns) {
        List<Column> all = Stream.of(columns).map(column -> new Column(column, ColumnKind.INTEGER, "int", true, false, Optional.empty(),
                Optional.empty(), List.of(), 0, false, false)).toList();
        return new Table(new TableId("d", name), all, List.of(), List.of(), "InnoDB", "CREATE TABLE", 0, 0);
    }

    private static SchemaObject trigger(String name, String text) {
        return new SchemaObject(SchemaObject.Kind.TRIGGER, new TableId("d", name), Optional.of(new TableId("d", "t")), text, "");
    }

    private static List<String> left(List<SchemaObject> objects, Table... tables) {
        return ToolsAtWork.in(new Catalog("8.0", List.of(tables), objects)).others().tables().stream().map(one -> one.id().name()).toList();
    }

    @Test
    void gh_ost_has_its_log() {
        Table log = table("_t_ghc", "id", "last_update", "hint", "value");
        assertThat(left(List.of(), table("t", "id"), table("_t_gho", "id"), log, table("_t_del", "id"), table("_t_new", "id")))
                .containsExactly("t", "_t_del", "_t_new");
        assertThat(left(List.of(), table("t", "id"), table("_t_gho", "id"), table("_t_ghc", "id"))).as("another's")
                .containsExactly("t", "_t_gho", "_t_ghc");
        assertThat(left(List.of(), table("_t_gho", "id"), log)).as("no such table").containsExactly("_t_gho", "_t_ghc");
    }

    @Test
    void pt_online_schema_change_has_triggers_that_name_its_table() {
        SchemaObject theirs = trigger("pt_osc_d_t_ins", "CREATE TRIGGER ... REPLACE INTO `d`.`_t_new` (`id`) VALUES (NEW.`id`)");
        SchemaObject mine = trigger("mine", "CREATE TRIGGER ... INSERT INTO `d`.`_t_old`");
        Catalog others = ToolsAtWork.in(new Catalog("8.0", List.of(table("t", "id"), table("_t_new", "id"), table("__t_new", "id"),
                table("_t_old", "id")), List.of(theirs, mine))).others();
        assertThat(others.tables()).extracting(one -> one.id().name()).containsExactly("t", "__t_new", "_t_old");
        assertThat(others.objects()).containsExactly(mine);
    }
}
