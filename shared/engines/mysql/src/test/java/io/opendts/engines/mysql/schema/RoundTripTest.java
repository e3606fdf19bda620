package io.opendts.engines.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Catalog;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripTest {

    @ParameterizedTest
    @CsvSource({"15457,15480,mysql57.sql", "15480,15497,mysql80.sql", "15480,15414,mysql80.sql", "15414,15480,mariadb.sql",
        "15411,15414,mariadb.sql mariadb-only.sql", "15497,15480,mysql80.sql", "15497,15457,''", "15497,15497,mysql80.sql mysql97.sql", "15414,15411,mariadb.sql mariadb-only.sql", "15497,15411,''"})
    void made(int from, int to, String extra) {
        List<String> files = new ArrayList<>(List.of("common.sql"));
        for (String f : extra.split(" ")) if (!f.isEmpty()) files.add(f);
        SqlSession.Supplier source = Fixture.sessions(from);
        SqlSession.Supplier target = Fixture.sessions(to);
        Fixture.fill(source, "rt_src", files);
        Fixture.drop(target, "rt_dst");
        Selector selector = Selector.databases(d -> d.equals("rt_src") ? Optional.of("rt_dst") : Optional.empty());
        Catalog catalog = new CatalogReader(source).describe(selector);
        SchemaPlan plan = new SchemaPlan(catalog, selector, ExistingTables.ERROR, SchemaPlan.Triggers.DISABLED_UNTIL_CUTOVER);
        List<String> reports = new ArrayList<>();
        SchemaMaker maker = new SchemaMaker(target);
        for (SchemaPlan.Step step : SchemaPlan.Step.values()) {
            maker.define(plan, step, reports::add);
            maker.define(plan, step, s -> {});
        }
        System.out.println("==== " + from + " -> " + to);
        reports.forEach(System.out::println);
        Catalog made = new CatalogReader(target).describe(Selector.databases(d -> d.equals("rt_dst") ? Optional.of("rt_dst") : Optional.empty()));
        assertThat(made.tables()).hasSameSizeAs(catalog.tables());
        assertThat(made.objects()).hasSameSizeAs(catalog.objects());
        made.tables().forEach(t -> System.out.println(t.definition()));
        made.objects().forEach(t -> System.out.println(t.definition()));
    }
}
