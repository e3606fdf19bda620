package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.model.event.Event;
import io.opendts.state.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The small facts of a task that its stages leave for each other in the state store, by name. */
public record Facts(Progress progress, String task) {

    /** Moment at which the precheck items that the store holds were found. */
    public static final String PRECHECKED = "precheck.at";

    /** Moment at which every table had been split into chunks. */
    public static final String COPY_PLANNED = "full.planned";

    private static final String COMPARISON_FAILED = "verify.failed";
    private static final String LOG_START = "log.start";
    private static final String COPY_END = "copy.end";
    private static final String CASCADE_POINT = "copy.cascade-point";
    private static final String PARTITIONS = "partitions";
    private static final String SOURCE_VERSION = "source.version";
    private static final String NOTES = "schema.notes.";

    /** Of a step that makes tens of thousands of tables the rest is in the log of the process alone. */
    private static final int NOTES_MAX = 1_000;

    public static Facts of(TaskContext task) {
        return new Facts(task.store().progress(), task.name());
    }

    /** P0: where the log is read from; the recorded catalog is what the source had there. */
    public Optional<Position> logStart() {
        return progress.get(task, LOG_START).map(Position::new);
    }

    /** The first one recorded stays: a request that came twice must not move it past what was copied. */
    public void logStart(Position position) {
        progress.putOnce(task, LOG_START, position.text());
    }

    /** Only while the source's catalog has not been recorded, and nobody reads the log yet. */
    public void moveLogStart(Position position) {
        progress.put(task, LOG_START, position.text());
    }

    /** Where the log stood when the last chunk had been read. */
    public Optional<Position> copyEnd() {
        return progress.get(task, COPY_END).map(Position::new);
    }

    /**
     * The first one recorded stays: what a task leaves out is left out from there on, and whoever recorded another one has only
     * asked the source later.
     */
    public void copyEnd(Position position) {
        progress.putOnce(task, COPY_END, position.text());
    }

    /** The moment of the full copy before which changes of tables that cascades tie together count as copied; empty before it. */
    public Optional<Position> cascadePoint() {
        return progress.get(task, CASCADE_POINT).map(Position::new);
    }

    /** The first one recorded stays. */
    public void cascadePoint(Position position) {
        progress.putOnce(task, CASCADE_POINT, position.text());
    }

    /** As the source printed it when its catalog was recorded: what its CREATE texts mean depends on it. */
    public String sourceVersion() {
        return progress.get(task, SOURCE_VERSION).orElse("");
    }

    public void sourceVersion(String version) {
        progress.put(task, SOURCE_VERSION, version);
    }

    /** Unix milliseconds at which a stage began or ended ("full.began"); the first one recorded stays. */
    public void once(String moment, long millis) {
        progress.putOnce(task, moment, Long.toString(millis));
    }

    /** Into how many partitions the task's changes are split: decided once, before the first of them is read. */
    public int partitions() {
        return knownPartitions().orElse(1);
    }

    /** Empty until the reader has decided, and where there is only one ever. */
    public Optional<Integer> knownPartitions() {
        return progress.get(task, PARTITIONS).map(Integer::valueOf);
    }

    public void partitions(int number) {
        progress.putOnce(task, PARTITIONS, Integer.toString(number));
    }

    /** Whether the source's catalog has been recorded, and with it where its log begins. */
    public boolean prepared() {
        return moment("schema.done.PREPARE").isPresent();
    }

    public Optional<Long> moment(String moment) {
        return progress.get(task, moment).map(Long::valueOf);
    }

    /** What a step of the schema has to say to whoever follows the task in another process. */
    public void notes(String step, List<String> notes) {
        String kept = notes.stream().limit(NOTES_MAX).map(note -> note.replaceAll("\\R", " ")).collect(Collectors.joining("\n"));
        progress.put(task, NOTES + step, notes.size() <= NOTES_MAX ? kept : kept + "\nand " + (notes.size() - NOTES_MAX) + " more");
    }

    /** Empty before the step has said anything. */
    public Optional<List<String>> notes(String step) {
        return progress.get(task, NOTES + step).map(text -> text.isEmpty() ? List.of() : List.of(text.split("\n")));
    }

    /** A comparison that cannot go on; the task itself does. Texts hold no line breaks afterwards. */
    public void comparisonFailed(String run, DtsException failure) {
        progress.put(task, COMPARISON_FAILED, Stream.of(run, failure.code().code(), failure.getMessage(), failure.remedy())
                .map(text -> text.replaceAll("\\R", " ")).collect(Collectors.joining("\n")));
    }

    /** Why this comparison, and not one before it, cannot go on. */
    public Optional<Event.Failure> comparisonFailure(String run) {
        return progress.get(task, COMPARISON_FAILED).map(text -> text.split("\n", -1))
                .filter(parts -> parts.length == 4 && parts[0].equals(run))
                .map(parts -> new Event.Failure(parts[1], parts[2], parts[3], false));
    }
}
