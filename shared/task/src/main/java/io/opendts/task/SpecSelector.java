package io.opendts.task;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.DdlKind;
import io.opendts.model.ObjectName;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spec.NamePattern;
import io.opendts.spec.NamePattern.NameCase;
import io.opendts.spec.Selection;
import io.opendts.spec.TaskSpec;
import io.opendts.spec.TaskSpec.DatabaseEntry;
import io.opendts.spi.OnlineDdl;
import io.opendts.spi.Selector;
import io.opendts.task.DdlRules.DdlPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A task file's selection, as engines ask for it. */
final class SpecSelector implements Selector {

    /** Of pt-online-schema-change, which drops them again. */
    private static final Pattern TOOL_TRIGGER = Pattern.compile("pt_osc_.+_(?:ins|upd|del)", Pattern.DOTALL);

    private final TaskSpec spec;
    private final BooleanSupplier folds;
    private final AtomicReference<Selection> asked = new AtomicReference<>();

    /** @param folds whether the source takes names for the same that differ by case; asked when a name is, and not again */
    SpecSelector(TaskSpec spec, BooleanSupplier folds) {
        this.spec = spec;
        this.folds = folds;
    }

    private Selection selection() {
        Selection known = asked.get();
        if (known == null) {
            known = Selection.of(spec, nameCase());
            asked.set(known);
        }
        return known;
    }

    private NameCase nameCase() {
        return folds.getAsBoolean() ? NameCase.INSENSITIVE : NameCase.SENSITIVE;
    }

    @Override
    public Optional<String> database(String source) {
        return selection().database(source);
    }

    @Override
    public Optional<Route> table(TableId source) {
        return selection().table(source.database(), source.name());
    }

    @Override
    public Optional<Route> route(Table table) {
        return table(table.id()).map(route -> selection().spelled(route, table.columns().stream().map(Column::name).toList()));
    }

    @Override
    public boolean objects(String database) {
        return selection().objects(database);
    }

    @Override
    public Optional<TableId> object(SchemaObject.Kind kind, TableId source) {
        return selection().object(source.database(), source.name())
                .map(to -> kind == SchemaObject.Kind.VIEW ? to : new TableId(to.database(), source.name()));
    }

    DdlPolicy ddl(DdlKind kind, TableId object) {
        return DdlPolicy.valueOf(selection().ddl(kind, object).name());
    }

    @Override
    public boolean takes(ObjectName name) {
        boolean ofTool = onlineDdl() != OnlineDdl.COPY && name.kind() == SchemaObject.Kind.TRIGGER
                && TOOL_TRIGGER.matcher(name.id().name()).matches();
        return !ofTool && Selector.super.takes(name);
    }

    @Override
    public OnlineDdl onlineDdl() {
        return OnlineDdl.valueOf(spec.onlineDdl().name());
    }

    @Override
    public Map<String, String> collations() {
        return spec.collations();
    }

    /** A name that the source does not have would be passed over without a word: a mistyped one is found here. */
    @Override
    public List<String> problems(Catalog catalog) {
        List<TableId> tables = catalog.tables().stream().map(Table::id).toList();
        List<String> problems = new ArrayList<>(
                selection().problems(tables).stream().map(p -> "line " + p.line() + ": " + p.message()).toList());
        catalog.tables().forEach(table -> route(table).ifPresent(route -> sameColumns(table, route, problems)));
        Set<String> databases = catalog.objects().stream().filter(o -> o.kind() == SchemaObject.Kind.DATABASE)
                .map(o -> o.id().database()).collect(Collectors.toSet());
        NameCase nameCase = nameCase();
        Set<TableId> there = tables.stream().map(table -> folded(table, nameCase)).collect(Collectors.toSet());
        for (DatabaseEntry entry : spec.objects()) {
            if (entry.database() instanceof NamePattern.Exact(String database)) {
                if (databases.stream().noneMatch(name -> entry.database().matches(name, nameCase))) {
                    problems.add("line " + entry.line() + ": the source has no database " + database);
                    continue;
                }
                entry.tables().stream().filter(t -> t.table() instanceof NamePattern.Exact)
                        .filter(t -> !there.contains(folded(new TableId(database, t.table().text()), nameCase)))
                        .forEach(t -> problems.add("line " + t.line() + ": the source has no table " + database + "." + t.table().text()));
            }
        }
        return problems;
    }

    private static TableId folded(TableId table, NameCase nameCase) {
        return new TableId(nameCase.folded(table.database()), nameCase.folded(table.name()));
    }

    private static void sameColumns(Table table, Route route, List<String> problems) {
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        table.columns().stream().map(Column::name).filter(name -> !route.excluded().contains(name)).forEach(name -> {
            String other = first.putIfAbsent(route.targetName(name), name);
            if (other != null) {
                problems.add("the columns " + other + " and " + name + " of " + table.id() + " would both be called "
                        + route.targetName(name) + " on the target");
            }
        });
    }
}
