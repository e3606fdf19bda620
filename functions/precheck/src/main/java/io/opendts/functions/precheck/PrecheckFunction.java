package io.opendts.functions.precheck;

import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.CheckItem.Result;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.queue.Payload;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks whether a task can do what it is asked to, without changing anything. All items come at once: what is wrong with the
 * source does not hide what is wrong with the target. Idempotent.
 */
public final class PrecheckFunction {

    /** Checks and records what was found. */
    public Payload.PrecheckCompleted handle(TaskContext task) {
        List<CheckItem> items = check(task);
        task.store().tasks().savePrecheck(task.name(), items);
        task.store().progress().put(task.name(), Facts.PRECHECKED, Long.toString(System.currentTimeMillis()));
        return new Payload.PrecheckCompleted(task.name(), passed(items), items);
    }

    public List<CheckItem> check(TaskContext task) {
        List<CheckItem> items = new ArrayList<>(task.source().check(task.selector(), task.checkScope()));
        items.addAll(task.target().check(catalog(task, items), task.selector(), task.checkScope()));
        return items.stream().map(item -> accepted(task, item)).toList();
    }

    public static boolean passed(List<CheckItem> items) {
        return items.stream().noneMatch(i -> i.result() == Result.FAILED);
    }

    /** The target is checked against what the source holds; against nothing, when the source cannot be asked. */
    private static Catalog catalog(TaskContext task, List<CheckItem> items) {
        try {
            Catalog catalog = task.source().describe(task.selector());
            if (catalog.tables().isEmpty()) {
                items.add(CheckItem.failed("source.objects", ErrorCode.SELECTION_EMPTY,
                        "the task file selects no table that the source has",
                        "compare `objects` with the names on the source; names are matched exactly, expressions against the whole name"));
            }
            items.add(selection(task, catalog));
            return catalog;
        } catch (DtsException failure) {
            if (items.stream().noneMatch(i -> i.result() == Result.FAILED)) {
                items.add(CheckItem.failed("source.catalog", failure.code(), failure.getMessage(), failure.remedy()));
            }
            return new Catalog("", List.of(), List.of());
        }
    }

    /** A column that is to stay behind under a misspelt name would travel without a word. */
    private static CheckItem selection(TaskContext task, Catalog catalog) {
        List<String> problems = new ArrayList<>(task.selector().problems(catalog));
        for (Table table : catalog.tables()) {
            Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            table.columns().forEach(column -> columns.add(column.name()));
            Route route = task.selector().table(table.id()).orElseThrow();
            Stream.concat(route.excluded().stream(), route.renames().keySet().stream())
                    .filter(name -> !columns.contains(name)).sorted()
                    .forEach(name -> problems.add("table " + table.id() + " has no column " + name));
        }
        return problems.isEmpty()
                ? CheckItem.passed("source.selection", ErrorCode.SELECTION_AMBIGUOUS, catalog.tables().size() + " tables are selected")
                : CheckItem.failed("source.selection", ErrorCode.SELECTION_AMBIGUOUS, String.join("; ", problems),
                        "mend `objects` in the task file");
    }

    /** An ignorable failure that the task file accepts is shown as a warning. */
    private static CheckItem accepted(TaskContext task, CheckItem item) {
        boolean accepted = item.result() == Result.FAILED && item.ignorable() && task.ignoredItems().contains(item.item());
        return accepted
                ? new CheckItem(item.item(), Result.WARNING, item.code(), item.message(), item.remedy(), true)
                : item;
    }
}
