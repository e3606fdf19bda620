package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.event.Event;
import io.opendts.standalone.cli.DtsCommand;
import io.opendts.standalone.cli.HeavyCommand;
import io.opendts.standalone.cli.LightCommand;
import io.opendts.standalone.cli.UnavailableCommands;
import io.opendts.standalone.output.OutputFormat;
import io.opendts.standalone.output.Renderer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line, understood: what to execute and how to show it. */
final class Invocation {

    /** What the words of the command line come to. */
    sealed interface Plan {
        /** The answer has been given already, help or a usage error. */
        record Answered(ExitCode exit) implements Plan {}

        record Light(LightCommand command) implements Plan {}

        record Heavy(HeavyCommand command) implements Plan {}
    }

    private final DtsCommand root;
    private final Renderer renderer;
    private final Plan plan;

    private Invocation(DtsCommand root, Renderer renderer, Plan plan) {
        this.root = root;
        this.renderer = renderer;
        this.plan = plan;
    }

    static Invocation parse(List<String> words, Tasks tasks, Function<OutputFormat, Renderer> renderers) {
        DtsCommand root = new DtsCommand(tasks);
        CommandLine line = new CommandLine(root).setCaseInsensitiveEnumValuesAllowed(true);
        ParseResult parsed;
        try {
            parsed = line.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException wrong) {
            Renderer renderer = renderers.apply(formatIn(words));
            return new Invocation(root, renderer, new Plan.Answered(refuse(wrong, renderer)));
        }
        Renderer renderer = renderers.apply(root.output());
        return new Invocation(root, renderer, plan(parsed));
    }

    private static Plan plan(ParseResult parsed) {
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        CommandLine line = leaf.commandSpec().commandLine();
        if (leaf.isUsageHelpRequested()) {
            line.usage(System.out);
            return new Plan.Answered(ExitCode.DONE);
        }
        return switch (line.getCommand()) {
            case LightCommand light -> new Plan.Light(light);
            case HeavyCommand heavy -> new Plan.Heavy(heavy);
            case Object _ -> {
                line.usage(System.err);
                yield new Plan.Answered(ExitCode.USAGE);
            }
        };
    }

    /** The format must be known to show that the command line cannot be understood. */
    private static OutputFormat formatIn(List<String> words) {
        int option = words.indexOf("--output");
        boolean json = words.contains("--output=json")
                || option >= 0 && option + 1 < words.size() && words.get(option + 1).equalsIgnoreCase("json");
        return json ? OutputFormat.JSON : OutputFormat.TEXT;
    }

    private static ExitCode refuse(ParameterException wrong, Renderer renderer) {
        CommandLine line = wrong.getCommandLine();
        boolean atRoot = line.getParent() == null;
        String message = wrong instanceof UnmatchedArgumentException unmatched && atRoot
                        && !unmatched.getUnmatched().getFirst().startsWith("-")
                ? UnavailableCommands.explain(unmatched.getUnmatched().getFirst())
                : wrong.getMessage();
        renderer.emit(Failures.usage(message, "Run ./dts help" + line.getCommandSpec().qualifiedName().substring("dts".length())));
        return ExitCode.USAGE;
    }

    DtsCommand root() {
        return root;
    }

    Plan plan() {
        return plan;
    }

    ExitCode execute(LightCommand command) {
        return guarded(() -> command.execute(renderer));
    }

    ExitCode execute(HeavyCommand command, Supplier<Work> work, Interruption interruption) {
        return guarded(() -> command.execute(work.get(), renderer, interruption));
    }

    /** The one place where failures of a command end. */
    private ExitCode guarded(Supplier<ExitCode> command) {
        try {
            return command.get();
        } catch (DtsException failure) {
            renderer.emit(Failures.of(failure));
            return ExitCode.of(failure);
        } catch (ParameterException wrong) {
            return refuse(wrong, renderer);
        } catch (Throwable bug) {
            return reportBug(bug);
        }
    }

    ExitCode reportBug(Throwable bug) {
        Event.Failure failure = Failures.bug(bug, root.stateDirectory());
        renderer.emit(failure);
        return ExitCode.TASK_FAILED;
    }

    void close() {
        renderer.close();
        System.out.flush();
        System.err.flush();
    }
}
