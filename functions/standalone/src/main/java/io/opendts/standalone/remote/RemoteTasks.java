package io.opendts.standalone.remote;

import io.opendts.api.ApiPaths;
import io.opendts.api.EventLines;
import io.opendts.api.JsonReader;
import io.opendts.api.Until;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Tasks;
import io.opendts.task.DdlDecision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tasks of a server. State folders mean nothing here. */
public final class RemoteTasks implements Tasks {

    private final ApiClient client;

    public RemoteTasks(ApiClient client) {
        this.client = client;
    }

    @Override
    public ExitCode list(Path stateDirectory, EventSink out) {
        List<Map<String, Object>> tasks = JsonReader.objects(client.get(ApiClient.path(null, null)), "tasks");
        if (tasks.isEmpty()) {
            out.emit(new Event.Note("no tasks on " + client.server()));
        }
        tasks.forEach(task -> out.emit(EventLines.listed(task)));
        return ExitCode.DONE;
    }

    @Override
    public ExitCode status(Path stateDirectory, String task, EventSink out) {
        out.emit(EventLines.listed(client.get(ApiClient.path(task, null))));
        return ExitCode.DONE;
    }

    @Override
    public ExitCode create(Path taskFile, EventSink out) {
        Optional<SubmittedFile> local = SubmittedFile.read(taskFile, out);
        if (local.isEmpty()) {
            return ExitCode.USAGE;
        }
        try {
            out.emit(EventLines.listed(local.get().create(client)));
            return ExitCode.DONE;
        } catch (RefusedTaskFile refused) {
            refused.tell(taskFile, out);
            return ExitCode.USAGE;
        }
    }

    @Override
    public ExitCode start(String task, EventSink out) {
        return change(task, ApiPaths.START, out);
    }

    @Override
    public ExitCode pause(Path stateDirectory, String task, EventSink out) {
        return change(task, ApiPaths.PAUSE, out);
    }

    @Override
    public ExitCode resume(Path stateDirectory, String task, Optional<DdlDecision> decision, EventSink out) {
        return change(task, ApiPaths.RESUME + decision.map(RemoteTasks::query).orElse(""), out);
    }

    private static String query(DdlDecision decision) {
        String name = switch (decision) {
            case DdlDecision.Skip _ -> ApiPaths.SKIP_DDL;
            case DdlDecision.Approve _ -> ApiPaths.APPROVE_DDL;
        };
        return "?" + name + "=" + ApiClient.encoded(decision.position());
    }

    @Override
    public ExitCode stop(Path stateDirectory, String task, EventSink out) {
        return change(task, ApiPaths.STOP, out);
    }

    @Override
    public ExitCode resync(Path stateDirectory, String task, String table, EventSink out) {
        client.post(ApiClient.path(task, ApiPaths.RESYNC + "?" + ApiPaths.TABLE + "=" + ApiClient.encoded(table)));
        out.emit(new Event.Note("task " + task + " copies " + table + " anew while it runs"));
        return ExitCode.DONE;
    }

    private ExitCode change(String task, String action, EventSink out) {
        Map<String, Object> answer = client.post(ApiClient.path(task, action));
        out.emit(changed(answer));
        boolean halted = action.equals(ApiPaths.PAUSE) || action.equals(ApiPaths.STOP);
        if (halted && !JsonReader.flag(answer, "settled")) {
            out.emit(stillHeld(task));
        }
        return ExitCode.DONE;
    }

    /** What a server answered, told as in a process of our own. */
    static Event changed(Map<String, Object> answer) {
        return new Event.StateChanged(JsonReader.text(answer, "task"), JsonReader.text(answer, "state"),
                Instant.parse(JsonReader.text(answer, "at")));
    }

    static Event.Note stillHeld(String task) {
        return new Event.Note(
                "processes that read or apply for task " + task + " have not let go of it yet; they do as soon as they see it");
    }

    /** What has happened to the task, as far as the server remembers. */
    @Override
    public ExitCode logs(Path stateDirectory, String task, EventSink out) {
        LastMoment last = new LastMoment(out);
        try {
            new Following(client, task, Until.NOW, "", last, new Interruption()).follow();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
        return ExitCode.DONE;
    }

    /** Changes of state as lines of a log; what a task failed on comes right behind its change of state. */
    private static final class LastMoment implements EventSink {

        private final EventSink out;
        private Instant at = Instant.EPOCH;

        private LastMoment(EventSink out) {
            this.out = out;
        }

        @Override
        public void emit(Event event) {
            switch (event) {
                case Event.StateChanged changed -> {
                    at = changed.at();
                    out.emit(new Event.LogLine(at, "INFO", "state " + changed.state()));
                }
                case Event.Failure failure -> out.emit(new Event.LogLine(at, "ERROR",
                        failure.code() + ": " + failure.message() + " - remedy: " + failure.remedy()));
                case Event other -> out.emit(other);
            }
        }
    }
}
