package io.opendts.spec;

import io.opendts.model.Endpoint.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What keys have to do with each other. Says nothing of a value that is missing or wrong by itself. */
final class TaskRules {

    private final Item.Group task;
    private final Applies.Context context;
    private final Problems problems;

    TaskRules(Item.Group task, Applies.Context context, Problems problems) {
        this.task = task;
        this.context = context;
        this.problems = problems;
    }

    void check() {
        task.group("source").ifPresent(this::endpoint);
        task.group("target").ifPresent(target -> {
            endpoint(target);
            if (context.target().equals(Optional.of(EngineName.KAFKA))) {
                kafka(target);
            }
        });
        if (context.type().equals(Optional.of(TaskType.SUBSCRIPTION)) && context.target().isPresent()
                && context.target().get() != EngineName.KAFKA) {
            contradiction(task.group("target").orElseThrow().place("engine"),
                    "a subscription writes change events to a stream, which " + context.target().get().key() + " is not",
                    "Use `engine: kafka`, or `type: synchronization`.");
        }
        stages();
        pair();
        settings();
        collations();
        new ObjectRules(task, context, problems).check();
    }

    private void contradiction(Place at, String message, String remedy) {
        problems.add(at, SpecCode.CONTRADICTION, message, remedy);
    }

    private void endpoint(Item.Group side) {
        String title = side.section().title();
        Optional<EngineName> engine = title.equals("source") ? context.source() : context.target();
        boolean byHost = engine.isPresent() && engine.get() != EngineName.KAFKA && engine.get() != EngineName.MAXCOMPUTE
                && engine.get() != EngineName.TABLESTORE;
        if (byHost && !side.written("host") && !side.written("hosts") && problemsHaveNot(side, "host")) {
            problems.add(side.at().key("host"), SpecCode.MISSING_KEY, "`host` is missing in " + title,
                    "Add `host: 10.0.0.5`, or `hosts: [10.0.0.5:3306, 10.0.0.6:3306]` for failover.");
        }
        if (side.written("host") && side.written("hosts")) {
            contradiction(side.place("hosts"), "`host` and `hosts` stand beside each other in " + title, "Keep one of the two.");
        }
        if (side.written("port") && side.written("hosts") && !side.written("host")) {
            contradiction(side.place("port"), "`port` stands beside `hosts` in " + title,
                    "Write the port into each host: `10.0.0.5:3306`.");
        }
        boolean needsUser = engine.isPresent() && byHost && engine.get() != EngineName.REDIS && engine.get() != EngineName.ELASTICSEARCH;
        if (needsUser && !side.written("username") && problemsHaveNot(side, "username")) {
            problems.add(side.at().key("username"), SpecCode.MISSING_KEY, "`username` is missing in " + title,
                    "Add it, for example `username: dts`.");
        }
        pem(side, "tls");
    }

    /** A key that the file has, with a wrong value, is not missing. */
    private boolean problemsHaveNot(Item.Group side, String key) {
        return !problems.concern(side.at().key(key).path());
    }

    private void pem(Item.Group side, String mode) {
        if (side.written("cert") != side.written("key")) {
            Place at = side.place(side.written("cert") ? "cert" : "key");
            contradiction(at, "`cert` and `key` come together only", "Add the other one: a client's certificate needs its key.");
        }
        Optional<TaskSpec.TlsWord> tls = side.section().field(mode).isEmpty() ? Optional.empty() : side.value(mode, TaskSpec.TlsWord.class);
        if (tls.equals(Optional.of(TaskSpec.TlsWord.DISABLED))) {
            for (String file : List.of("ca", "cert", "key")) {
                if (side.written(file)) {
                    contradiction(side.place(file), "`" + file + "` has no use with `tls: disabled`",
                            "Remove it, or use `tls: verify-ca`.");
                }
            }
        }
    }

    private void kafka(Item.Group target) {
        boolean registry = target.written("schemaRegistry");
        boolean avro = target.value("format", EndpointFields.Format.class).equals(Optional.of(EndpointFields.Format.DEBEZIUM_AVRO));
        if (avro && !registry && problemsHaveNot(target, "schemaRegistry")) {
            problems.add(target.place("format"), SpecCode.MISSING_KEY, "`format: debezium-avro` needs `schemaRegistry`",
                    "Add `schemaRegistry: http://10.0.0.8:8081`.");
        }
        if (registry && !avro && target.get("format").isPresent()) {
            contradiction(target.place("schemaRegistry"), "`schemaRegistry` has no use without `format: debezium-avro`", "Remove it.");
        }
        target.group("security").ifPresent(security -> {
            boolean sasl = security.value("protocol", EndpointFields.Protocol.class).map(p -> p.key().startsWith("sasl")).orElse(true);
            for (String key : List.of("mechanism", "username", "password")) {
                if (!sasl && security.written(key)) {
                    contradiction(security.place(key), "`" + key + "` has no use without a SASL protocol", "Use `protocol: sasl_ssl`.");
                } else if (sasl && security.written("protocol") && !security.written(key) && problemsHaveNot(security, key)) {
                    problems.add(security.at().key(key), SpecCode.MISSING_KEY, "`" + key + "` is missing in target.security",
                            "SASL needs it.");
                }
            }
            pem(security, "tls");
        });
    }

    private List<Object> stageWords() {
        List<Object> words = new ArrayList<>();
        for (Item item : task.items("stages")) {
            words.add(((Item.Leaf) item).value());
        }
        return words;
    }

    private void stages() {
        List<Object> stages = stageWords();
        Optional<StartAt> start = task.value("startAt", StartAt.class);
        if (stages.isEmpty() || start.isEmpty() || start.get() instanceof StartAt.Now) {
            return;
        }
        if (stages.contains(TaskSpec.StageWord.FULL)) {
            contradiction(task.place("startAt"), "`startAt` has no use with the stage full, which decides itself where the log begins",
                    "Remove it, or use `stages: [incremental]`.");
        } else if (!stages.contains(TaskSpec.StageWord.INCREMENTAL)) {
            contradiction(task.place("startAt"), "`startAt` has no use without the stage incremental", "Remove it.");
        }
        boolean mysql = context.source().isEmpty() || context.source().get() == EngineName.MYSQL
                || context.source().get() == EngineName.DRDS;
        if (!mysql && !(start.get() instanceof StartAt.Timestamp)) {
            contradiction(task.place("startAt"), "GTID sets and file positions are MySQL's; the source is " + context.source().get().key(),
                    "Use `startAt: now` or a time.");
        }
    }

    private void settings() {
        List<Object> stages = stageWords();
        task.group("accounts").ifPresent(accounts -> {
            boolean copy = accounts.value("copy", Boolean.class).orElse(true);
            if (!copy && !accounts.items("include").isEmpty()) {
                contradiction(accounts.place("include"), "`accounts.include` has no use without `copy: true`",
                        "Add `copy: true` or remove it.");
            }
        });
        task.group("verify").ifPresent(verify -> {
            boolean none = verify.value("mode", TaskSpec.VerifyMode.class).equals(Optional.of(TaskSpec.VerifyMode.NONE));
            if (none && verify.written("everyMinutes")) {
                contradiction(verify.place("everyMinutes"), "`verify.everyMinutes` has no use with `mode: none`",
                        "Add `mode: full` or `mode: sampled`.");
            }
        });
        task.group("twoWay").ifPresent(ways -> {
            boolean enabled = ways.value("enabled", Boolean.class).orElse(false);
            if (enabled && !stages.isEmpty() && !stages.contains(TaskSpec.StageWord.INCREMENTAL)) {
                contradiction(ways.place("enabled"), "`twoWay` needs the stage incremental", "Add incremental to `stages`.");
            }
            if (enabled && context.source().isPresent() && context.target().isPresent() && !context.source().equals(context.target())) {
                contradiction(ways.place("enabled"), "`twoWay` needs the same engine on both sides", "Remove it, or use two tasks.");
            }
        });
    }

    /** Bytes of texts travel as they are, so only the order of texts may change. */
    private void collations() {
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        task.pairs("collations").forEach((from, leaf) -> {
            String to = (String) leaf.value();
            if (!charset(from).equals(charset(to))) {
                contradiction(leaf.at(),
                        "the collation " + TreeReader.shown(to) + " is not of the character set of " + TreeReader.shown(from),
                        "Name a collation whose name begins with `" + charset(from) + "_`.");
            }
            if (first.putIfAbsent(from, to) != null) {
                contradiction(leaf.at(),
                        "the collation " + TreeReader.shown(from) + " is mapped twice: case does not tell collations apart",
                        "Remove one of the two.");
            }
        });
    }

    private static String charset(String collation) {
        String charset = collation.toLowerCase(Locale.ROOT).split("_", 2)[0];
        return charset.equals("utf8") ? "utf8mb3" : charset;
    }

    /** A task that writes where it reads. */
    private void pair() {
        Optional<Item.Group> source = task.group("source");
        Optional<Item.Group> target = task.group("target");
        if (source.isEmpty() || target.isEmpty() || context.source().isEmpty() || !context.source().equals(context.target())) {
            return;
        }
        List<HostPort> from = Binder.hosts(source.get(), context.source().get());
        List<HostPort> to = Binder.hosts(target.get(), context.target().get());
        if (from.stream().noneMatch(to::contains)) {
            return;
        }
        for (Item item : task.items("objects")) {
            Item.Group entry = (Item.Group) item;
            Optional<NamePattern> database = entry.value("database", NamePattern.class);
            String name = database.map(NamePattern::text).orElse("");
            if (database.isPresent() && name.equals(entry.value("to", String.class).orElse(name))) {
                contradiction(entry.place("database"), "source and target are the same server, and `" + TreeReader.shown(name)
                        + "` would be copied onto itself",
                        "Name another server, or give the copy a name of its own with `to`.");
            }
        }
    }
}
