package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.TableRenderer;
import io.opendts.engines.mysql.schema.TableScript;
import io.opendts.engines.mysql.schema.TargetFacts;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.SchemaChange;
import io.opendts.spi.SchemaChange.Side;
import io.opendts.spi.SchemaChange.TableChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements by which a target follows a change of the source's schema: not the source's statement, which was meant for its
 * tables, but what its tables became, in the target's names and dialect. Pure: the same change gives the same statements.
 */
public final class TargetChange {

    private final SchemaChange change;
    private final ServerVersion source;
    private final TargetFacts target;
    private final List<TargetStatement> statements = new ArrayList<>();

    private TargetChange(SchemaChange change, TargetFacts target) {
        this.change = change;
        this.source = ServerVersion.parse(change.sourceVersion());
        this.target = target.wanting(change.selector().collations());
    }

    /**
     * In the order in which they are to be run; none where the target's tables stay as they are.
     *
     * @throws DtsException LOG_DDL for what the target's tables cannot follow
     */
    public static List<TargetStatement> of(SchemaChange change, TargetFacts target) {
        TargetChange following = new TargetChange(change, target);
        following.drop();
        following.rename();
        following.alter();
        following.create();
        return following.statements;
    }

    private void drop() {
        for (TableChange table : change.tables()) {
            if (table.after().isEmpty() || table.anew()) {
                Stream.concat(table.before().stream(), table.after().stream()).map(side -> side.route().target()).distinct()
                        .forEach(target -> add(target, "DROP TABLE IF EXISTS ", ""));
            }
        }
    }

    private static boolean changed(TableChange table) {
        return table.before().isPresent() && table.after().isPresent() && !table.anew();
    }

    /**
     * By way of other names where one that is to be taken is not free yet: each statement leaves tables from which can be seen that it
     * was run, which of two that swap their names cannot.
     */
    private void rename() {
        Map<TableId, TableId> names = new LinkedHashMap<>();
        change.tables().stream().filter(TargetChange::changed).forEach(table -> {
            TableId before = table.before().orElseThrow().route().target();
            TableId after = table.after().orElseThrow().route().target();
            if (!before.equals(after)) {
                names.put(before, after);
            }
        });
        if (names.values().stream().noneMatch(names::containsKey)) {
            names.forEach((from, to) -> rename(Map.of(from, to)));
            return;
        }
        Map<TableId, TableId> away = new LinkedHashMap<>();
        Map<TableId, TableId> back = new LinkedHashMap<>();
        names.forEach((from, to) -> {
            TableId between = new TableId(to.database(), "_dts_" + Integer.toHexString(change.id().hashCode()) + "_" + away.size());
            away.put(from, between);
            back.put(between, to);
        });
        rename(away);
        rename(back);
    }

    private void rename(Map<TableId, TableId> names) {
        List<TableId> touched = new ArrayList<>(names.keySet());
        touched.addAll(names.values());
        statements.add(new TargetStatement(touched, names.entrySet().stream()
                .map(name -> SqlNames.quote(name.getKey()) + " TO " + SqlNames.quote(name.getValue()))
                .collect(Collectors.joining(", ", "RENAME TABLE ", ""))));
    }

    private void alter() {
        for (TableChange table : change.tables()) {
            if (changed(table)) {
                TargetColumns columns = TargetColumns.of(table, () -> stuck(table.after().get().table(),
                        "a column that stayed behind is carried now, with rows that were never copied"));
                TableScript before = GivenNames.behindRename(script(new Side(table.before().get().table(), columns.routeBefore())),
                        table.before().get().route().target(), target.version());
                TableScript after = script(table.after().get());
                refuse(table.after().get().table(), after);
                TableDifference difference = new TableDifference(before, after, written(table.after().get()), columns, target.version());
                Optional<String> chosen = ChosenValues.among(TableShape.of(table.after().get().table(), source), table.kept().keySet());
                difference.alterations().forEach(clauses -> statements.add(new TargetStatement(List.of(after.target()),
                        "ALTER TABLE " + SqlNames.quote(after.target()) + " " + clauses, chosen)));
                difference.obstacle().ifPresent(why -> {
                    throw stuck(table.after().get().table(), why);
                });
            }
        }
    }

    private void create() {
        Set<TableId> made = new HashSet<>();
        for (TableChange table : change.tables()) {
            if ((table.before().isEmpty() || table.anew()) && made.add(table.after().orElseThrow().route().target())) {
                Side after = table.after().get();
                TableScript script = written(after);
                refuse(after.table(), script);
                String create = script.create().replaceFirst("^CREATE TABLE IF NOT EXISTS", "CREATE TABLE");
                statements.add(new TargetStatement(List.of(script.target()), create));
                script.indexes().forEach(index -> add(script.target(), "ALTER TABLE ", " " + index.clause()));
                script.foreignKeys().forEach(key -> add(script.target(), "ALTER TABLE ", " " + key.clause()));
            }
        }
    }

    private void add(TableId table, String words, String rest) {
        statements.add(new TargetStatement(List.of(table), words + SqlNames.quote(table) + rest));
    }

    /** For comparing: what a column is does not depend on its table's defaults. */
    private TableScript script(Side side) {
        return render(TableShape.canonical(side.table(), source), side);
    }

    /** For the statement. */
    private TableScript written(Side side) {
        return render(TableShape.written(side.table(), source), side);
    }

    private TableScript render(Table table, Side side) {
        return TableRenderer.render(table, side.route(), change.selector(), source, target, TableRenderer.Indexes.AT_ONCE);
    }

    private void refuse(Table table, TableScript script) {
        script.problems().stream().findFirst().ifPresent(problem -> {
            throw stuck(table, problem.object() + ": " + problem.reason());
        });
    }

    private DtsException stuck(Table table, String why) {
        String start = change.statement().length() > 200 ? change.statement().substring(0, 200) + "..." : change.statement();
        return new DtsException(ErrorCode.LOG_DDL, "the target's table for " + table.id() + " cannot follow the change of the schema '"
                + start + "': " + why,
                "make the change on the target in your own way and set ddl: ignore, or `dts reset` the task and copy again");
    }
}
