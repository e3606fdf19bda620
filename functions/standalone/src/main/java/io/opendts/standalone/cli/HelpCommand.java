package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Shows this help, or that of one command.")
final class HelpCommand implements LightCommand {

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command to explain.")
    private List<String> command = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public ExitCode execute(EventSink out) {
        CommandLine root = spec.parent().commandLine();
        CommandLine topic = root;
        for (String word : command) {
            topic = topic.getSubcommands().get(word);
            if (topic == null) {
                throw new ParameterException(root, UnavailableCommands.explain(String.join(" ", command)));
            }
        }
        topic.usage(System.out);
        return ExitCode.DONE;
    }
}
