package io.opendts.engines.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Key;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schema with every feature of a server, made on another server, has the same structure there. */
class RoundTripTest {

    private static final Pattern ACTION = Pattern.compile("ON (DELETE|UPDATE) (CASCADE|SET NULL)");
    private static final Selector SOURCE = selector("rt_src", "rt_dst");
    private static final Selector TARGET = selector("rt_dst", "rt_dst");

    private static Selector selector(String from, String to) {
        return Selector.databases(d -> d.equals(from) ? Optional.of(to) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7, MYSQL_8_0, mysql57",
        "MYSQL_5_7, MYSQL_5_7, mysql57",
        "MYSQL_8_0, MYSQL_9_7, mysql80",
        "MYSQL_8_0, MARIADB_11_4, mysql80",
        "MYSQL_8_0, MYSQL_8_0, mysql80",
        "MARIADB_11_4, MYSQL_8_0, mariadb",
        "MARIADB_11_4, MYSQL_9_7, mariadb",
        "MYSQL_9_7, MYSQL_5_7, ''",
        "MYSQL_9_7, MYSQL_9_7, mysql80 mysql97",
        "MARIADB_10_11, MARIADB_11_4, mariadb mariadb-only",
        "MYSQL_9_7, MARIADB_10_11, ''",
        "MARIADB_11_4, MARIADB_11_4, mariadb mariadb-only",
        "MARIADB_10_11, MARIADB_10_11, mariadb mariadb-only"})
    void keepsTheStructure(io.opendts.testkit.ServerVersion from, io.opendts.testkit.ServerVersion to, String features) {
        SqlSession.Supplier source = Fixture.server(from);
        SqlSession.Supplier target = Fixture.server(to);
        List<String> files = new ArrayList<>(List.of("common.sql"));
        Arrays.stream(features.split(" ")).filter(f -> !f.isEmpty()).forEach(f -> files.add(f + ".sql"));
        Fixture.fill(source, "rt_src", files);
        Fixture.drop(target, "rt_dst");

        Catalog catalog = new CatalogReader(source).describe(SOURCE);
        SchemaPlan plan = new SchemaPlan(catalog, SOURCE, ExistingTables.ERROR, SchemaPlan.Triggers.DISABLED_UNTIL_CUTOVER);
        SchemaMaker maker = new SchemaMaker(target);
        for (SchemaPlan.Step step : SchemaPlan.Step.values()) {
            maker.define(plan, step, _ -> { });
            List<String> again = new ArrayList<>();
            maker.define(plan, step, again::add);
            assertThat(again).as("made twice by " + step)
                    .allMatch(r -> r.endsWith("is there already") || r.startsWith("database ") || r.startsWith("enabled event ")
                            || r.startsWith("rt_src: collation "));
        }

        Catalog made = new CatalogReader(target).describe(TARGET);
        assertThat(made.tables().stream().map(t -> t.id().name())).isEqualTo(catalog.tables().stream().map(t -> t.id().name()).toList());
        for (int i = 0; i < made.tables().size(); i++) {
            sameTable(catalog.tables().get(i), made.tables().get(i), ServerVersion.parse(made.serverVersion()));
        }
        assertThat(made.objects().stream().filter(o -> o.kind() != SchemaObject.Kind.DATABASE).map(o -> o.kind() + " " + o.id().name()))
                .containsExactlyInAnyOrderElementsOf(catalog.objects().stream().filter(o -> o.kind() != SchemaObject.Kind.DATABASE)
                        .map(o -> o.kind() + " " + o.id().name()).toList());
        Fixture.drop(source, "rt_src");
        Fixture.drop(target, "rt_dst");
    }

    private static void sameTable(Table source, Table target, ServerVersion version) {
        TableDefinition definition = TableDefinition.parse(source.definition());
        Set<String> rowTimes = Set.copyOf(definition.columns().stream()
                .filter(c -> c.attribute(TableDefinition.Attribute.Kind.ROW_TIME).isPresent() && !version.mariaDb())
                .map(TableDefinition.ColumnPart::name).toList());
        assertThat(target.columns().stream().map(RoundTripTest::shape)).as("columns of " + source.id())
                .isEqualTo(source.columns().stream().filter(c -> !rowTimes.contains(c.name())).map(RoundTripTest::shape).toList());
        assertThat(target.keys().stream().map(Key::toString)).as("keys of " + source.id())
                .containsExactlyInAnyOrderElementsOf(source.keys().stream().map(Key::toString).toList());
        assertThat(foreignKeys(target)).as("foreign keys of " + source.id()).containsExactlyInAnyOrderElementsOf(foreignKeys(source));
        assertThat(indexes(target)).as("indexes of " + source.id()).containsExactlyInAnyOrderElementsOf(indexes(source).stream()
                .filter(name -> !name.startsWith("expression ") || version.mySqlFrom(Dialect.MYSQL_EXPRESSIONS)).toList());
        assertThat(TableDefinition.parse(target.definition()).option("AUTO_INCREMENT")).isEqualTo(definition.option("AUTO_INCREMENT"));
    }

    /** With the actions of their definition: whether a key counts as cascading also depends on what its server logs. */
    private static List<String> foreignKeys(Table table) {
        return table.foreignKeys().stream().map(key -> {
            String clause = table.definition().lines()
                    .filter(l -> l.contains("CONSTRAINT " + SqlNames.quote(key.name()) + " ")).findFirst().orElseThrow();
            return key.name() + key.columns() + key.parent().name() + key.parentColumns()
                    + ACTION.matcher(clause).results().map(MatchResult::group).toList();
        }).toList();
    }

    private static List<String> indexes(Table table) {
        return TableDefinition.parse(table.definition()).keys().stream().map(k -> (k.columns().stream()
                .anyMatch(c -> c.column().isEmpty()) ? "expression " : k.kind() + " ") + k.name()).toList();
    }

    /** What must be equal whatever the servers are; MariaDB has no JSON of its own, MySQL no UUID and INET. */
    private static String shape(Column column) {
        boolean text = Set.of(ColumnKind.JSON, ColumnKind.UUID, ColumnKind.INET).contains(column.kind());
        return column.name() + " " + (text ? ColumnKind.TEXT : column.kind()) + " " + column.nullable() + column.unsigned()
                + column.labels() + column.scale() + column.generated();
    }
}
