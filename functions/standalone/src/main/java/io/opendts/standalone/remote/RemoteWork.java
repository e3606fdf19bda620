package io.opendts.standalone.remote;

import io.opendts.api.ApiPaths;
import io.opendts.api.Ending;
import io.opendts.api.JsonReader;
import io.opendts.api.Until;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands that move data, done by a server: here is only told what happens there. */
public final class RemoteWork implements Work {

    private static final Set<String> ENDED = Set.of("completed", "stopped");
    private static final long REST_MILLIS_MAX = 30_000;
    private static final long POLL_MILLIS = 200;

    private final ApiClient client;

    public RemoteWork(ApiClient client) {
        this.client = client;
    }

    private interface Action {
        /** Begins what is to be followed and answers what the server said. */
        Map<String, Object> begin(String task, Map<String, Object> submitted);
    }

    @Override
    public ExitCode run(RunRequest request, EventSink out, Interruption interruption) {
        Until until = request.untilCaughtUp() ? Until.CAUGHT_UP : Until.END;
        return follow(request.taskFile(), until, this::start, request.pauseOnExit(), out, interruption);
    }

    /** One that has ended is only told of, as a run in one process does. */
    private Map<String, Object> start(String task, Map<String, Object> submitted) {
        return ENDED.contains(JsonReader.text(submitted, "state")) ? submitted : client.post(ApiClient.path(task, ApiPaths.START));
    }

    @Override
    public ExitCode precheck(PrecheckRequest request, EventSink out, Interruption interruption) {
        return follow(request.taskFile(), Until.PRECHECKED, (task, _) -> client.post(ApiClient.path(task, ApiPaths.PRECHECK)), false,
                out, interruption);
    }

    @Override
    public ExitCode verify(VerifyRequest request, EventSink out, Interruption interruption) {
        if (request.repairFile().isPresent()) {
            throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "--repair is not available together with --server in this version",
                    "leave --server out: then this process compares and writes " + request.repairFile().get());
        }
        return follow(request.taskFile(), Until.VERIFIED, (task, _) -> client.post(ApiClient.path(task, ApiPaths.VERIFY)), false,
                out, interruption);
    }

    private ExitCode follow(Path file, Until until, Action action, boolean pauseOnExit, EventSink out, Interruption interruption) {
        Optional<SubmittedFile> local = SubmittedFile.read(file, out);
        if (local.isEmpty()) {
            return ExitCode.USAGE;
        }
        String task = local.get().task();
        try {
            Map<String, Object> begun = action.begin(task, local.get().createOrReplace(client));
            Optional<Ending> ending =
                    new Following(client, task, until, JsonReader.text(begun, ApiPaths.FROM), out, interruption).follow();
            if (ending.isEmpty() && pauseOnExit) {
                pause(task, out);
            }
            return ending.map(RemoteWork::exit).orElse(ExitCode.INTERRUPTED);
        } catch (RefusedTaskFile refused) {
            refused.tell(file, out);
            return ExitCode.USAGE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static ExitCode exit(Ending ending) {
        return switch (ending) {
            case DONE -> ExitCode.DONE;
            case PRECHECK_FAILED -> ExitCode.PRECHECK_FAILED;
            case DIFFERENCES -> ExitCode.DIFFERENCES;
            case FAILED -> ExitCode.TASK_FAILED;
        };
    }

    /** Waits until no process works for it any more; one that has ended meanwhile needs no pause. */
    private void pause(String task, EventSink out) throws InterruptedException {
        Map<String, Object> answer;
        try {
            answer = client.post(ApiClient.path(task, ApiPaths.PAUSE));
        } catch (DtsException refused) {
            if (refused.code() != ErrorCode.NOT_POSSIBLE_IN_STATE) {
                throw refused;
            }
            answer = client.get(ApiClient.path(task, null));
        }
        long end = System.nanoTime() + REST_MILLIS_MAX * 1_000_000;
        while (!JsonReader.flag(answer, "settled") && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            answer = client.get(ApiClient.path(task, null));
        }
        out.emit(RemoteTasks.changed(answer));
        if (!JsonReader.flag(answer, "settled")) {
            out.emit(RemoteTasks.stillHeld(task));
        }
    }

    @Override
    public ExitCode demo(DemoRequest request, EventSink out, Interruption interruption) {
        throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "the demo brings its own servers and runs in this process alone",
                "leave --server out");
    }

    @Override
    public ExitCode reset(TaskRequest request, EventSink out, Interruption interruption) {
        client.post(ApiClient.path(request.task(), ApiPaths.RESET));
        out.emit(new Event.Note("task " + request.task() + " is a draft again; its tables on the target are as they were"));
        return ExitCode.DONE;
    }

    @Override
    public ExitCode delete(TaskRequest request, EventSink out, Interruption interruption) {
        client.delete(ApiClient.path(request.task(), null));
        out.emit(new Event.Note("task " + request.task() + " is deleted; its tables on the target are as they were"));
        return ExitCode.DONE;
    }
}
