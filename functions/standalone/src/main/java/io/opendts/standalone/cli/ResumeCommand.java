package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.task.DdlDecision;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "resume", description = "Lets a paused or failed task go on where it was.")
final class ResumeCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Option(names = "--skip-ddl", paramLabel = "POSITION", description = "Leave out the DDL statement at this position.")
    private String skipDdl;

    @Option(names = "--approve-ddl", paramLabel = "POSITION", description = "Run the DDL statement at this position, which is held.")
    private String approveDdl;

    @Override
    public ExitCode execute(EventSink out) {
        Optional<DdlDecision> decision = DdlDecision.of(Optional.ofNullable(skipDdl), Optional.ofNullable(approveDdl));
        return server.tasks(root).resume(root.stateDirectory(), task, decision, out);
    }
}
