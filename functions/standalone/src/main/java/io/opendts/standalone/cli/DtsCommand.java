package io.opendts.standalone.cli;

import io.opendts.standalone.Tasks;
import io.opendts.standalone.output.OutputFormat;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command tree: options that every command takes. */
@Command(
        name = "dts",
        header = "OpenDTS moves data between databases: migrate, synchronize, subscribe.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Options may stand before or behind the command.",
            "Exit codes: 0 done; 2 wrong usage or an invalid task file; 3 precheck failed;",
            "4 verification found differences; 5 the task failed; 130 interrupted (state is",
            "saved; running again resumes)."
        },
        subcommands = {
            DemoCommand.class,
            TestCommand.class,
            RunCommand.class,
            PrecheckCommand.class,
            VerifyCommand.class,
            ValidateCommand.class,
            SchemaCommand.class,
            ListCommand.class,
            CreateCommand.class,
            StartCommand.class,
            StatusCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StopCommand.class,
            ResyncCommand.class,
            ResetCommand.class,
            DeleteCommand.class,
            LogsCommand.class,
            ClusterCommand.class,
            BenchCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class DtsCommand {

    public enum LogLevel { ERROR, WARN, INFO, DEBUG, TRACE }

    @Option(
            names = "--state",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder that remembers tasks; default $DTS_HOME, else ~/.dts.")
    Path state;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "json: one JSON object a line on standard output, nothing else there.")
    OutputFormat output = OutputFormat.TEXT;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description = "error, warn (default), info, debug or trace; the log goes to standard error.")
    LogLevel logLevel = LogLevel.WARN;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    boolean help;

    private final Tasks tasks;

    public DtsCommand(Tasks tasks) {
        this.tasks = tasks;
    }

    public Path stateDirectory() {
        if (state != null) {
            return state;
        }
        String home = System.getenv("DTS_HOME");
        return home != null && !home.isBlank() ? Path.of(home) : Path.of(System.getProperty("user.home"), ".dts");
    }

    public OutputFormat output() {
        return output;
    }

    public LogLevel logLevel() {
        return logLevel;
    }

    Tasks tasks() {
        return tasks;
    }
}
