package io.opendts.engines.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Catalog;
import io.opendts.model.Key;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables under other names, without some columns, with guarded triggers. */
class RouteTest {

    private static final class Renaming implements Selector {
        @Override
        public Optional<String> database(String source) {
            return source.equals("route_src") ? Optional.of("route_dst") : Optional.empty();
        }

        @Override
        public Optional<Route> table(TableId source) {
            if (!source.database().equals("route_src")) {
                return Optional.empty();
            }
            Route same = Route.same(source);
            return Optional.of(new Route(source, new TableId("route_dst", "t_" + source.name()), Set.of("secret"), Map.of("id", "key no"),
                    Optional.empty(), same.operations()));
        }

        @Override
        public boolean objects(String database) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void followsNamesIntoKeysAndExpressions(ServerVersion server) {
        SqlSession.Supplier sessions = Fixture.server(server);
        Fixture.fill(sessions, "route_src", List.of("route.sql"));
        Fixture.drop(sessions, "route_dst");
        Catalog catalog = new CatalogReader(sessions).describe(new Renaming());
        SchemaPlan plan = new SchemaPlan(catalog, new Renaming(), ExistingTables.ERROR, SchemaPlan.Triggers.GUARDED);
        List<String> reports = new ArrayList<>();
        SchemaMaker maker = new SchemaMaker(sessions);
        for (SchemaPlan.Step step : SchemaPlan.Step.values()) {
            maker.define(plan, step, reports::add);
        }

        Selector made = Selector.databases(d -> d.equals("route_dst") ? Optional.of(d) : Optional.empty());
        Table child = new CatalogReader(sessions).describe(made).tables().getFirst();
        assertThat(child.id()).isEqualTo(new TableId("route_dst", "t_child"));
        assertThat(child.columns()).extracting(c -> c.name()).containsExactly("key no", "parent", "twice");
        assertThat(child.keys()).containsExactly(new Key("PRIMARY", List.of("key no"), true, false, true));
        assertThat(child.foreignKeys()).singleElement().satisfies(k -> {
            assertThat(k.parent()).isEqualTo(new TableId("route_dst", "t_parent"));
            assertThat(k.parentColumns()).containsExactly("key no");
        });
        assertThat(reports).anyMatch(r -> r.contains("route_src.child.hidden") && r.contains("left out"))
                .anyMatch(r -> r.contains("route_src.child.u") && r.contains("left out"))
                .anyMatch(r -> r.contains("says_where") && r.contains("route_src"));
        try (SqlSession session = sessions.open()) {
            session.execute("INSERT INTO route_dst.t_parent VALUES (1, 0)");
            session.execute("SET @opendts = 1");
            session.execute("INSERT INTO route_dst.t_parent VALUES (2, 0)");
            assertThat(session.query("SELECT n FROM route_dst.t_parent ORDER BY n")).containsExactly(List.of("0"), List.of("7"));
        }
        Fixture.drop(sessions, "route_src");
        Fixture.drop(sessions, "route_dst");
    }

    private static SchemaPlan plan(Catalog catalog, Selector selector, ExistingTables existing) {
        return new SchemaPlan(catalog, selector, existing, SchemaPlan.Triggers.SKIP);
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void emptiesWhatIsThereOnlyWhenTold(ServerVersion server) {
        SqlSession.Supplier sessions = Fixture.server(server);
        Fixture.fill(sessions, "clear_src", List.of("clear.sql"));
        Selector selector = Selector.databases(d -> d.equals("clear_src") ? Optional.of("clear_dst") : Optional.empty());
        Catalog catalog = new CatalogReader(sessions).describe(selector);
        SchemaMaker maker = new SchemaMaker(sessions);
        Fixture.drop(sessions, "clear_dst");
        try (SqlSession session = sessions.open()) {
            maker.define(plan(catalog, selector, ExistingTables.ERROR), SchemaPlan.Step.BEFORE_LOAD, _ -> { });
            session.execute("INSERT INTO clear_dst.y VALUES (1, '2020-01-01')");
            maker.define(plan(catalog, selector, ExistingTables.IGNORE), SchemaPlan.Step.BEFORE_LOAD, _ -> { });
            assertThat(session.query("SELECT COUNT(*) FROM clear_dst.y")).containsExactly(List.of("1"));
            maker.define(plan(catalog, selector, ExistingTables.CLEAR), SchemaPlan.Step.BEFORE_LOAD, _ -> { });
            assertThat(session.query("SELECT COUNT(*) FROM clear_dst.y")).containsExactly(List.of("0"));
        }
        Fixture.drop(sessions, "clear_src");
        Fixture.drop(sessions, "clear_dst");
    }
}
