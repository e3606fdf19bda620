package io.opendts.functions.precheck;

import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.CheckItem.Result;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.task.TaskContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether a task can do what it is asked to, without changing anything. All items come at once: what is wrong with the
 * source does not hide what is wrong with the target. Idempotent.
 */
public final class PrecheckFunction {

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
            return catalog;
        } catch (DtsException failure) {
            if (items.stream().noneMatch(i -> i.result() == Result.FAILED)) {
                items.add(CheckItem.failed("source.catalog", failure.code(), failure.getMessage(), failure.remedy()));
            }
            return new Catalog("", List.of(), List.of());
        }
    }

    /** An ignorable failure that the task file accepts is shown as a warning. */
    private static CheckItem accepted(TaskContext task, CheckItem item) {
        boolean accepted = item.result() == Result.FAILED && item.ignorable() && task.ignoredItems().contains(item.item());
        return accepted
                ? new CheckItem(item.item(), Result.WARNING, item.code(), item.message(), item.remedy(), true)
                : item;
    }
}
