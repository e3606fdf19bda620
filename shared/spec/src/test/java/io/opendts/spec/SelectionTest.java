package io.opendts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DdlKind;
import io.opendts.model.Route;
import io.opendts.model.TableId;
import io.opendts.spec.NamePattern.NameCase;
import io.opendts.spec.TaskSpec.DdlPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static Selection select(NameCase nameCase, String... lines) {
        return Selection.of(TaskFileTest.validTask("name: t\ntype: migration\nsource: {engine: mysql, host: a, username: u}\n"
                + "target: {engine: mysql, host: b, username: u}\n" + String.join("\n", lines)).spec(), nameCase);
    }

    private static String target(Selection selection, String database, String table) {
        return selection.table(database, table).map(chosen -> chosen.target().toString()).orElse("-");
    }

    @Test
    void anEntryWithoutTablesTakesEverythingButWhatItExcludes() {
        Selection all = select(NameCase.SENSITIVE, "objects: [{database: shop, to: copy, exclude: [tmp, /bak_.*/]}]");
        assertThat(target(all, "shop", "orders")).isEqualTo("copy.orders");
        assertThat(target(all, "shop", "tmp")).isEqualTo("-");
        assertThat(target(all, "shop", "bak_1")).isEqualTo("-");
        assertThat(target(all, "Shop", "orders")).isEqualTo("-");
        assertThat(all.objects("shop")).isTrue();
        assertThat(all.object("shop", "bak_view")).isEmpty();
        assertThat(all.object("shop", "view")).contains(new TableId("copy", "view"));
        assertThat(all.database("shop")).contains("copy");
        assertThat(all.database("other")).isEmpty();
    }

    @Test
    void theExactNameDecides() {
        Selection mixed = select(NameCase.SENSITIVE, "objects:", "  - database: /s.*/", "  - database: shop",
                "    tables: [{table: orders, to: exact}, {table: /ord.*/, to: merged}]");
        assertThat(target(mixed, "shop", "orders")).isEqualTo("shop.exact");
        assertThat(target(mixed, "shop", "orders_1")).isEqualTo("shop.merged");
        assertThat(target(mixed, "shop", "customers")).isEqualTo("-");
        assertThat(target(mixed, "store", "customers")).isEqualTo("store.customers");
        assertThat(target(mixed, "sys", "sys_config")).isEqualTo("-");
        assertThat(mixed.objects("shop")).isFalse();
    }

    @Test
    void twoExpressionsForOneObjectAreAnErrorWithBothLines() {
        Selection tables = select(NameCase.SENSITIVE, "objects:", "  - database: shop", "    tables:", "      - table: /a.*/",
                "      - table: /.*z/");
        assertThat(target(tables, "shop", "ab")).isEqualTo("shop.ab");
        assertThatThrownBy(() -> tables.table("shop", "az")).hasMessageContaining("line 8").hasMessageContaining("line 9");
        assertThat(tables.problems(List.of(new TableId("shop", "az")))).singleElement().extracting(SpecProblem::code).isEqualTo("DTS-1011");
        Selection databases = select(NameCase.SENSITIVE, "objects:", "  - database: /s.*/", "  - database: /.*p/");
        assertThatThrownBy(() -> databases.table("shop", "a")).hasMessageContaining("database shop");
    }

    @Test
    void tablesMeetOnTheTargetOnlyWhereTheyMerge() {
        List<TableId> catalog = List.of(new TableId("a_1", "t"), new TableId("a_2", "t"));
        assertThat(select(NameCase.SENSITIVE, "objects: [{database: '/a_[0-9]/', to: a}]").problems(catalog)).singleElement()
                .extracting(SpecProblem::code).isEqualTo("DTS-1013");
        assertThat(select(NameCase.SENSITIVE,
                "objects: [{database: '/a_[0-9]/', to: a, tables: [{table: /t/, to: all}]}]").problems(catalog)).hasSize(1);
        assertThat(select(NameCase.SENSITIVE, "objects:",
                "  - {database: '/a_[0-9]/', to: a, tables: [{table: /t/, to: all, mergeTables: true}]}").problems(catalog)).isEmpty();
    }

    @Test
    void namesAreSpelledAsTheTaskWants() {
        Selection lower = select(NameCase.INSENSITIVE, "capitalization: lower",
                "objects: [{database: SHOP, tables: [{table: /O.*/, columns: {exclude: [card], rename: {cust: Customer}}}]}]");
        Route route = lower.spelled(lower.table("Shop", "Orders").orElseThrow(), List.of("ID", "CARD", "Cust", "x"));
        assertThat(route.target()).isEqualTo(new TableId("shop", "orders"));
        assertThat(route.excluded()).containsExactly("CARD");
        assertThat(route.targetName("ID")).isEqualTo("id");
        assertThat(route.targetName("Cust")).isEqualTo("customer");
        assertThat(route.targetName("x")).isEqualTo("x");
    }

    @Test
    void whatBecomesOfDdlIsDecidedByTheTableThenItsDatabaseThenTheTask() {
        Selection policies = select(NameCase.SENSITIVE, "ddl: {default: fail, truncate: hold}", "objects:", "  - database: shop",
                "    ddl: {drop-table: hold}", "    tables:", "      - {table: orders, ddl: {index: ignore}}",
                "      - {table: fixed, ddl: ignore}", "      - table: items", "  - database: plain");
        assertThat(policies.ddl(DdlKind.INDEX, new TableId("shop", "orders"))).isEqualTo(DdlPolicy.IGNORE);
        assertThat(policies.ddl(DdlKind.DROP_TABLE, new TableId("shop", "orders"))).isEqualTo(DdlPolicy.HOLD);
        assertThat(policies.ddl(DdlKind.TRUNCATE, new TableId("shop", "orders"))).isEqualTo(DdlPolicy.HOLD);
        assertThat(policies.ddl(DdlKind.DROP_TABLE, new TableId("shop", "fixed"))).isEqualTo(DdlPolicy.IGNORE);
        assertThat(policies.ddl(DdlKind.INDEX, new TableId("shop", "items"))).isEqualTo(DdlPolicy.FAIL);
        assertThat(policies.ddl(DdlKind.VIEW, new TableId("shop", "orders"))).isEqualTo(DdlPolicy.FAIL);
        assertThat(policies.ddl(DdlKind.DROP_TABLE, new TableId("plain", "a"))).isEqualTo(DdlPolicy.FAIL);
        Selection nothing = select(NameCase.SENSITIVE, "objects: [{database: shop}]");
        assertThat(nothing.ddl(DdlKind.DROP_TABLE, new TableId("shop", "a"))).isEqualTo(DdlPolicy.APPLY);
        assertThat(nothing.ddl(DdlKind.OTHER, new TableId("", ""))).isEqualTo(DdlPolicy.APPLY);
    }
}
