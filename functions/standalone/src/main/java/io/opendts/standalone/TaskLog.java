package io.opendts.standalone;

import io.opendts.model.CheckItem;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A task's own log: what happened to it, without progress, one line an event: time, level, sentence. Kept across processes
 * in {@code STATE/logs/NAME.log} and, once that is full, {@code NAME.log.1}. {@link #emit} from any thread; a log that
 * cannot be written never stops the task.
 */
public final class TaskLog implements EventSink {

    private static final long FILE_LIMIT_BYTES = 4 << 20;

    private static final System.Logger LOG = System.getLogger(TaskLog.class.getName());

    private final Path file;
    private final EventSink next;
    private final Clock clock;
    private boolean broken;

    private TaskLog(Path file, EventSink next, Clock clock) {
        this.file = file;
        this.next = next;
        this.clock = clock;
    }

    /** A sink that writes the log and hands every event on to {@code next}. */
    public static EventSink inFrontOf(EventSink next, Path stateDirectory, String task, Clock clock) {
        return new TaskLog(file(stateDirectory, task), next, clock);
    }

    @Override
    public void emit(Event event) {
        switch (event) {
            case Event.StateChanged e -> write("INFO", "state " + e.state());
            case Event.Prechecked(CheckItem item) -> {
                switch (item.result()) {
                    case PASSED -> {}
                    case WARNING -> write("WARN", item.item() + " " + item.code().code() + ": " + item.message());
                    case FAILED -> write("ERROR", item.item() + " " + item.code().code() + ": " + item.message());
                }
            }
            case Event.CaughtUp e -> write("INFO", "caught up at " + e.position());
            case Event.Verified e -> write(e.differences() == 0 ? "INFO" : "WARN", "verified, differences: " + e.differences());
            case Event.Note e -> write("INFO", e.message());
            case Event.Failure e -> write("ERROR", e.code() + ": " + e.message() + " - remedy: " + e.remedy());
            case Event.FullPlanned _, Event.FullProgress _, Event.IncrementalProgress _, Event.Summary _,
                    Event.Difference _, Event.TaskListed _, Event.LogLine _, Event.Listening _, Event.Cluster _,
                    Event.Version _, Event.Mistake _ -> {}
        }
        next.emit(event);
    }

    private synchronized void write(String level, String message) {
        if (broken) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            if (Files.exists(file) && Files.size(file) > FILE_LIMIT_BYTES) {
                Files.move(file, older(file), StandardCopyOption.REPLACE_EXISTING);
            }
            String line = Instant.now(clock) + " " + level + " " + message.replaceAll("\\R", " ") + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            broken = true;
            LOG.log(System.Logger.Level.WARNING, "The task''s log {0} cannot be written, going on without it: {1}", file, unwritable);
        }
    }

    /** Oldest line first. A task that has not logged anything has no lines. */
    static void read(Path stateDirectory, String task, EventSink out) {
        Path file = file(stateDirectory, task);
        for (Path part : new Path[] {older(file), file}) {
            if (Files.exists(part)) {
                readPart(part, out);
            }
        }
    }

    private static void readPart(Path file, EventSink out) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                if (words.length == 3) {
                    out.emit(new Event.LogLine(Instant.parse(words[0]), words[1], words[2]));
                }
            }
        } catch (IOException | DateTimeParseException unreadable) {
            throw new DtsException(
                    ErrorCode.STATE_UNAVAILABLE,
                    "the log " + file + " cannot be read: " + unreadable.getMessage(),
                    "Check that it is yours and whole",
                    unreadable);
        }
    }

    private static Path file(Path stateDirectory, String task) {
        return stateDirectory.resolve("logs").resolve(task + ".log");
    }

    private static Path older(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }
}
