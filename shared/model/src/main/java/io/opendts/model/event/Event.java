package io.opendts.model.event;

import io.opendts.model.CheckItem;
import java.time.Instant;
import java.util.List;

/**
 * What a user, a script or another program is told about a task while it goes on. The names and the order of the record
 * components are those of the JSON lines that {@code --output json} promises: they may grow, they may not change.
 *
 * <p>An empty text and {@link #UNKNOWN} mean "not known"; the JSON line then leaves the key out.
 */
public sealed interface Event {

    /** Stands in number components for a figure that nobody knows yet. */
    long UNKNOWN = -1;

    /** @param state as spelled in the contract, for example {@code precheck-failed} */
    record StateChanged(String task, String state, Instant at) implements Event {}

    /** One line of the precheck. */
    record Prechecked(CheckItem item) implements Event {}

    /** How much the full stage has before it, told once when its chunks are planned. Estimates, from statistics. */
    record FullPlanned(int tables, long rowsEstimated) implements Event {}

    /**
     * One table's standing in the full stage. {@code rowsDone} and {@code bytes} count from the first start of the task,
     * chunks of earlier processes included.
     *
     * @param done no row of this table will follow
     */
    record FullProgress(String table, long rowsDone, long rowsEstimated, long bytes, long rowsPerSecond, boolean done)
            implements Event {}

    /** {@code transactions} and {@code rows} count what is durable on the target since this process started. */
    record IncrementalProgress(long transactions, long rows, long lagMs, String position) implements Event {}

    /** Everything that the source had committed when the command started is on the target. */
    record CaughtUp(String position, long lagMs) implements Event {}

    /** The last words of a command that ran a task. Stages that did not run are not in the list. */
    record Summary(String state, List<Stage> stages) implements Event {

        public Summary {
            stages = List.copyOf(stages);
        }

        public sealed interface Stage {
            record Schema(long ms) implements Stage {}

            record Full(long ms, long rows, long bytes) implements Stage {}

            record Incremental(long ms, long transactions, long rows, long skipped, long conflicts) implements Stage {}
        }
    }

    /** One row that differs between source and target. {@code key} is the row's key as SQL literals, never a whole row. */
    record Difference(String table, String key, Kind kind) implements Event {

        public enum Kind { MISSING, EXTRA, CHANGED }
    }

    /** The outcome of a comparison of source and target. */
    record Verified(int tables, long rows, long differences) implements Event {}

    /** One task as {@code list} and {@code status} show it. {@code errors}: what it failed on, empty unless it has. */
    record TaskListed(
            String task, String type, String state, Instant at, long lagMs, String position, List<Failure> errors)
            implements Event {

        public TaskListed {
            errors = List.copyOf(errors);
        }
    }

    /** One line of a task's own log, as {@code logs} shows it. */
    record LogLine(Instant at, String level, String message) implements Event {}

    /** An address that now accepts connections. */
    record Listening(String url) implements Event {}

    /**
     * The processes of a cluster on this machine.
     *
     * @param server     the control API's address, empty when no control function is wanted to run
     * @param kafka      brokers, as {@code host:port[,...]}
     * @param stateStore its address without user and password
     */
    record Cluster(String server, String kafka, String stateStore, List<Member> processes) implements Event {

        public Cluster {
            processes = List.copyOf(processes);
        }

        /** @param url where it answers; for Kafka and the state store in the form in which functions are given it */
        public record Member(String function, String id, long pid, String url, String log, Health health) {}

        public enum Health {
            /** Runs and answers that it is ready. */
            READY,
            /** Runs, but does not answer, or answers that it waits for something. */
            NOT_READY,
            /** Is wanted and does not run. */
            DEAD
        }
    }

    /** A sentence for a human reader that stands for no change of state. */
    record Note(String message) implements Event {}

    /** Which OpenDTS this is, and which Java runs it. */
    record Version(String version, String java) implements Event {}

    /** An error that the user meets. {@code retryable}: trying the same again can succeed without a change by the user. */
    record Failure(String code, String message, String remedy, boolean retryable) implements Event {}

    /**
     * One mistake of a task file; an error that has a place.
     *
     * @param line   from 1; 0, as {@code column}, when it is the whole file's
     * @param path   such as {@code objects[0].tables[1].filter}; empty for the whole file
     */
    record Mistake(String file, int line, int column, String path, String code, String message, String remedy) implements Event {}
}
