package io.opendts.standalone;

import io.opendts.standalone.output.Renderers;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/**
 * Where the process begins. The command line is understood before anything else is started: usage errors and light
 * commands never wait for Quarkus.
 */
@QuarkusMain
public final class Dts {

    private Dts() {}

    public static void main(String... words) {
        System.exit(run(List.of(words)).number());
    }

    /** For one command a process: logging and Quarkus are process-wide. */
    static ExitCode run(List<String> words) {
        Invocation invocation = Invocation.parse(words, LocalTasks.embedded(), Renderers::forThisProcess);
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> invocation.reportBug(bug));
        try {
            return switch (invocation.plan()) {
                case Invocation.Plan.Answered(ExitCode exit) -> exit;
                case Invocation.Plan.Light(var command) -> {
                    LogLevels.forLightCommands(invocation.root().logLevel());
                    yield invocation.execute(command);
                }
                case Invocation.Plan.Heavy(var command) -> {
                    LogLevels.forQuarkus(invocation.root().logLevel());
                    yield Application.run(invocation, command);
                }
            };
        } finally {
            invocation.close();
        }
    }
}
