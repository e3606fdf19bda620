package io.opendts.spec;

import io.opendts.model.DdlKind;
import io.opendts.model.Endpoint;
import io.opendts.model.Endpoint.HostPort;
import io.opendts.model.Endpoint.Tls;
import io.opendts.model.Endpoint.TlsMode;
import io.opendts.model.Route.Operation;
import io.opendts.model.Secret;
import io.opendts.model.Stage;
import io.opendts.spec.TaskSpec.DatabaseEntry;
import io.opendts.spec.TaskSpec.DdlPolicy;
import io.opendts.spec.TaskSpec.TableEntry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** From accepted values to records. Called without a single mistake in the file. */
final class Binder {

    private static final Set<String> COMMON =
            Set.of("engine", "host", "port", "hosts", "brokers", "username", "password", "tls", "ca", "cert", "key");

    private Binder() {}

    static TaskSpec task(Item.Group task) {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        values(task, "stages", TaskSpec.StageWord.class).forEach(word -> stages.add(word.stage()));
        List<DatabaseEntry> objects = new ArrayList<>();
        task.items("objects").forEach(item -> objects.add(database((Item.Group) item)));
        return new TaskSpec(must(task, "name", String.class), must(task, "type", TaskType.class),
                endpoint(task.group("source").orElseThrow()),
                endpoint(task.group("target").orElseThrow()), Set.copyOf(stages), must(task, "startAt", StartAt.class),
                        List.copyOf(objects),
                must(task, "existingTables", TaskSpec.ExistingTables.class), must(task, "capitalization", TaskSpec.Capitalization.class),
                collations(task),
                ddl(task), must(task, "onlineDdl", TaskSpec.OnlineDdl.class),
                must(task, "triggers", TaskSpec.Triggers.class), accounts(task.group("accounts").orElseThrow()),
                must(task, "conflicts", TaskSpec.Conflicts.class), twoWay(task.group("twoWay").orElseThrow()),
                must(task, "consistency", TaskSpec.Consistency.class), parallelism(task.group("parallelism").orElseThrow()),
                limits(task.group("limits").orElseThrow()), retry(task.group("retry").orElseThrow()),
                new TaskSpec.Precheck(Set.copyOf(values(task.group("precheck").orElseThrow(), "ignore", String.class))),
                verify(task.group("verify").orElseThrow()), values(task, "etl", String.class), alerts(task.group("alerts").orElseThrow()),
                texts(task, "tags"));
    }

    private static <T> T must(Item.Group group, String key, Class<T> type) {
        return group.value(key, type).orElseThrow(() -> new IllegalStateException("no value for " + key));
    }

    private static <T> List<T> values(Item.Group group, String key, Class<T> type) {
        List<T> values = new ArrayList<>();
        group.items(key).forEach(item -> values.add(type.cast(((Item.Leaf) item).value())));
        return List.copyOf(values);
    }

    private static Map<String, String> texts(Item.Group group, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        group.pairs(key).forEach((name, leaf) -> texts.put(name, (String) leaf.value()));
        return Map.copyOf(texts);
    }

    private static Map<String, String> collations(Item.Group task) {
        Map<String, String> collations = new LinkedHashMap<>();
        texts(task, "collations").forEach((from, to) -> collations.put(from.toLowerCase(Locale.ROOT), to.toLowerCase(Locale.ROOT)));
        return Map.copyOf(collations);
    }

    private static OptionalLong whole(Item.Group group, String key) {
        return group.value(key, Long.class).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static DatabaseEntry database(Item.Group entry) {
        List<TableEntry> tables = new ArrayList<>();
        entry.items("tables").forEach(item -> tables.add(table((Item.Group) item)));
        return new DatabaseEntry(entry.place("database").line(), must(entry, "database", NamePattern.class), entry.value("to",
                String.class),
                List.copyOf(tables), values(entry, "exclude", NamePattern.class), ddl(entry));
    }

    private static DdlPolicies ddl(Item.Group group) {
        Optional<Item> written = group.get("ddl");
        if (written.isPresent() && written.get() instanceof Item.Pairs(Place _, Map<String, Item.Leaf> pairs)) {
            Map<DdlKind, DdlPolicy> kinds = new EnumMap<>(DdlKind.class);
            DdlWord.ALL.forEach(word -> word.kind().filter(_ -> pairs.containsKey(word.key()))
                    .ifPresent(kind -> kinds.put(kind, (DdlPolicy) pairs.get(word.key()).value())));
            return new DdlPolicies(kinds, Optional.ofNullable(pairs.get(DdlWord.DEFAULT.key())).map(leaf -> (DdlPolicy) leaf.value()));
        }
        return new DdlPolicies(Map.of(), group.value("ddl", DdlPolicy.class));
    }

    private static TableEntry table(Item.Group entry) {
        Item.Group columns = entry.group("columns").orElseThrow();
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        values(entry, "operations", TaskSpec.OperationWord.class).forEach(word -> operations.add(word.operation()));
        return new TableEntry(entry.place("table").line(), must(entry, "table", NamePattern.class), entry.value("to", String.class),
                must(entry, "mergeTables", Boolean.class), new HashSet<>(values(columns, "exclude", String.class)), texts(columns,
                        "rename"),
                entry.value("filter", String.class), Set.copyOf(operations), ddl(entry));
    }

    private static TaskSpec.Accounts accounts(Item.Group group) {
        return new TaskSpec.Accounts(must(group, "copy", Boolean.class), values(group, "include", String.class));
    }

    private static TaskSpec.TwoWay twoWay(Item.Group group) {
        return new TaskSpec.TwoWay(must(group, "enabled", Boolean.class), must(group, "ddlFrom", TaskSpec.DdlFrom.class));
    }

    private static TaskSpec.Parallelism parallelism(Item.Group group) {
        return new TaskSpec.Parallelism(must(group, "snapshot", OptionalInt.class), must(group, "apply", OptionalInt.class));
    }

    private static TaskSpec.Limits limits(Item.Group group) {
        Item.Group full = group.group("full").orElseThrow();
        Item.Group incremental = group.group("incremental").orElseThrow();
        return new TaskSpec.Limits(
                new TaskSpec.FullLimits(whole(full, "rowsPerSecond"), full.value("megabytesPerSecond", BigDecimal.class),
                        whole(full, "sourceQueriesPerSecond")),
                new TaskSpec.IncrementalLimits(whole(incremental, "rowsPerSecond"), incremental.value("megabytesPerSecond",
                        BigDecimal.class)));
    }

    private static TaskSpec.Retry retry(Item.Group group) {
        return new TaskSpec.Retry(must(group, "connection", Duration.class), must(group, "other", Duration.class));
    }

    private static TaskSpec.Verify verify(Item.Group group) {
        Optional<Long> every = group.value("everyMinutes", Long.class);
        return new TaskSpec.Verify(must(group, "mode", TaskSpec.VerifyMode.class),
                every.isPresent() ? OptionalInt.of(every.get().intValue()) : OptionalInt.empty());
    }

    private static TaskSpec.Alerts alerts(Item.Group group) {
        return new TaskSpec.Alerts(must(group, "lagAbove", Duration.class), must(group, "onFailure", Boolean.class),
                group.value("webhook", String.class).map(Secret::new));
    }

    private static Endpoint endpoint(Item.Group side) {
        EngineName engine = must(side, "engine", EngineName.class);
        Tls tls = side.value("tls", TaskSpec.TlsWord.class)
                .map(word -> new Tls(TlsMode.valueOf(word.name()), side.value("ca", String.class), side.value("cert", String.class),
                        side.value("key", String.class)))
                .orElse(Tls.PREFERRED);
        Map<String, Object> options = new LinkedHashMap<>();
        side.entries().forEach((key, item) -> {
            if (!COMMON.contains(key)) {
                options.put(key, plain(item));
            }
        });
        return new Endpoint(engine.key(), hosts(side, engine), side.value("username", String.class).orElse(""),
                new Secret(side.value("password", String.class).orElse("")), tls, options);
    }

    /** With the engine's usual port where none is written. */
    static List<HostPort> hosts(Item.Group side, EngineName engine) {
        int usual = EndpointFields.usualPort(engine);
        List<HostPort> hosts = new ArrayList<>();
        for (String key : List.of("hosts", "brokers")) {
            List<Item> items = side.section().field(key).isPresent() ? side.items(key) : List.of();
            for (Item item : items) {
                HostPort host = (HostPort) ((Item.Leaf) item).value();
                hosts.add(host.port() == Forms.PORT_UNSET ? new HostPort(host.host(), usual) : host);
            }
        }
        side.value("host", String.class)
                .ifPresent(host -> hosts.add(new HostPort(host, side.value("port", Long.class).map(Long::intValue).orElse(usual))));
        if (side.section().field("endpoint").isPresent()) {
            side.value("endpoint", String.class).map(URI::create)
                    .ifPresent(uri -> hosts.add(new HostPort(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort())));
        }
        return hosts;
    }

    /** JDK types for engines: words and texts as `String`, numbers as `Long`, `auto` as the empty `OptionalInt`, secrets as `Secret`. */
    private static Object plain(Item item) {
        return switch (item) {
            case Item.Leaf leaf when leaf.secret() -> new Secret((String) leaf.value());
            case Item.Leaf leaf -> leaf.value() instanceof Keyed word ? word.key() : leaf.value();
            case Item.Listing listing -> listing.items().stream().map(Binder::plain).toList();
            case Item.Pairs pairs -> {
                Map<String, Object> inner = new LinkedHashMap<>();
                pairs.entries().forEach((key, leaf) -> inner.put(key, plain(leaf)));
                yield Map.copyOf(inner);
            }
            case Item.Group group -> {
                Map<String, Object> inner = new LinkedHashMap<>();
                group.entries().forEach((key, value) -> inner.put(key, plain(value)));
                yield Map.copyOf(inner);
            }
        };
    }
}
