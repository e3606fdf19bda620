package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.model.event.Event;
import io.opendts.state.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table that its task leaves out from a position on, while the others go on: why, and what to do. Kept in the state store, for
 * {@code status} and for who asks to copy it anew.
 *
 * @param asked whether somebody has asked for it to be looked up and copied anew
 */
public record StoppedTable(TableId table, Event.Failure failure, boolean asked) {

    private static final String PREFIX = "stopped.table.";

    /** @param notCopied why it cannot be copied anew beside the log; empty where it can */
    static StoppedTable of(String task, TableId table, DtsException why, Position at, Optional<String> notCopied) {
        String place = at.text().contains(";") ? at.text().substring(0, at.text().indexOf(';')) : at.text();
        return new StoppedTable(table, new Event.Failure(why.code().code(), "table " + table + " is stopped at " + place
                + ", others go on: " + why.getMessage(),
                "find out what changed the table, and " + notCopied
                        .map(because -> "`dts reset " + task + "` and copy again: it cannot be copied alone, for " + because)
                        .orElse("copy it anew: `dts resync " + task + " --table " + table + "`; " + why.remedy()),
                false), false);
    }

    /** All of a task's, by name. */
    public static List<StoppedTable> of(Progress progress, String task) {
        return progress.all(task, PREFIX).values().stream().map(StoppedTable::parsed).toList();
    }

    void put(Progress progress, String task) {
        progress.put(task, PREFIX + FactWords.name(table.database(), table.name()), text());
    }

    static void remove(Progress progress, String task, TableId table) {
        progress.remove(task, PREFIX + FactWords.name(table.database(), table.name()));
    }

    /** The log's reader sees it. */
    void ask(Progress progress, String task) {
        new StoppedTable(table, failure, true).put(progress, task);
    }

    /** To be thrown at who waits for all tables. */
    public DtsException error() {
        return new DtsException(ErrorCode.find(failure.code()).orElse(ErrorCode.LOG_TABLE_CHANGED), failure.message(), failure.remedy());
    }

    private String text() {
        return FactWords.joined(Stream.of(table.database(), table.name(), Boolean.toString(asked), failure.code(), failure.message(),
                failure.remedy()));
    }

    private static StoppedTable parsed(String text) {
        List<String> words = FactWords.split(text);
        return new StoppedTable(new TableId(words.get(0), words.get(1)), new Event.Failure(words.get(3), words.get(4), words.get(5), false),
                Boolean.parseBoolean(words.get(2)));
    }
}
