package io.opendts.standalone.system;

import io.opendts.model.DtsException;
import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A {@code dts run} on a thread of its own, with all that it has told. {@code -Ddts.limit} gives it more seconds for what is awaited. */
final class RunningTask implements AutoCloseable {

    private static final long LIMIT_SECONDS = Long.getLong("dts.limit", 120L);

    private final Interruption interruption = new Interruption();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ExitCode> exit = new CompletableFuture<>();

    private RunningTask() {}

    /** Stopping it stops the task, in a cluster by a pause. */
    static RunningTask start(Work work, Path taskFile, Path state, boolean untilCaughtUp) {
        RunningTask running = new RunningTask();
        Work.RunRequest request = new Work.RunRequest(taskFile, state, untilCaughtUp, true);
        Thread.ofPlatform().name("run").daemon(true).start(() -> running.run(work, request));
        return running;
    }

    private void run(Work work, Work.RunRequest request) {
        try {
            exit.complete(work.run(request, this::tell, interruption));
        } catch (DtsException refused) {
            tell(new Event.Failure(refused.code().code(), refused.getMessage(), refused.remedy(), refused.code().retryable()));
            exit.complete(refused.code().code().startsWith("DTS-1") ? ExitCode.USAGE : ExitCode.TASK_FAILED);
        } catch (RuntimeException | Error bug) {
            exit.completeExceptionally(bug);
        }
        wake();
    }

    private void tell(Event event) {
        events.add(event);
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** False when the run is over without it. */
    synchronized boolean await(Predicate<Event> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (events.stream().noneMatch(wanted)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (exit.isDone() || left <= 0) {
                if (left <= 0) {
                    throw new AssertionError("did not happen within " + LIMIT_SECONDS + " s; told: " + events);
                }
                return events.stream().anyMatch(wanted);
            }
            wait(left);
        }
        return true;
    }

    boolean over() {
        return exit.isDone();
    }

    boolean awaitState(String state) throws InterruptedException {
        return await(e -> e instanceof Event.StateChanged changed && changed.state().equals(state));
    }

    ExitCode stop() throws Exception {
        interruption.ask();
        return exit();
    }

    ExitCode exit() throws Exception {
        try {
            return exit.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            interruption.ask();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s; told: " + events, late);
        } catch (ExecutionException bug) {
            throw new AssertionError("the run ended with a bug; told: " + events, bug.getCause());
        }
    }

    @Override
    public void close() {
        interruption.ask();
    }
}
