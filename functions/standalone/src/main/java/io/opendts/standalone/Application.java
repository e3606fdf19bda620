package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.standalone.cli.HeavyCommand;
import io.opendts.standalone.remote.ApiClient;
import io.opendts.standalone.remote.RemoteWork;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/** A heavy command inside a started Quarkus. */
@Singleton
public final class Application implements QuarkusApplication {

    private record Pending(Invocation invocation, HeavyCommand command) {}

    /** Quarkus makes the application object itself, so what it is to do waits here; one command a process. */
    private static final AtomicReference<Pending> PENDING = new AtomicReference<>();

    private static final AtomicReference<ExitCode> OUTCOME = new AtomicReference<>(ExitCode.TASK_FAILED);

    private final Instance<Work> work;

    @Inject
    public Application(Instance<Work> work) {
        this.work = work;
    }

    /** Blocks until the command is over and Quarkus has stopped. */
    static ExitCode run(Invocation invocation, HeavyCommand command) {
        PENDING.set(new Pending(invocation, command));
        Quarkus.run(Application.class, (_, failure) -> {
            if (failure != null) {
                OUTCOME.set(invocation.reportBug(failure));
            }
        });
        return OUTCOME.get();
    }

    @Override
    public int run(String... ignored) {
        Pending pending = PENDING.get();
        Interruption interruption = new Interruption();
        askOnSignal("INT", interruption);
        askOnSignal("TERM", interruption);
        OUTCOME.set(pending.invocation().execute(pending.command(), this::work, interruption));
        return OUTCOME.get().number();
    }

    private Work work() {
        List<URI> servers = PENDING.get().command().servers();
        if (!servers.isEmpty()) {
            return new RemoteWork(ApiClient.of(servers));
        }
        if (work.isUnsatisfied()) {
            throw new DtsException(
                    ErrorCode.FEATURE_NOT_AVAILABLE,
                    "this build of OpenDTS holds nothing that runs tasks",
                    "Build the whole of OpenDTS: ./mvnw package");
        }
        return work.get();
    }

    /**
     * Takes the signal over from Quarkus, which would stop the application under the command. The second signal ends the
     * process at once: state on disk is safe against that by design.
     */
    private static void askOnSignal(String name, Interruption interruption) {
        Signal.handle(new Signal(name), _ -> {
            if (interruption.isAsked()) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
            }
            interruption.ask();
        });
    }
}
