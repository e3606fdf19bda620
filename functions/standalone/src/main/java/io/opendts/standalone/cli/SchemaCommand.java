package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.spec.TaskSchema;
import io.opendts.standalone.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

@Command(name = "schema", description = "Prints the JSON Schema of task files.")
final class SchemaCommand implements LightCommand {

    /** The schema is a document, not an event: the same in both formats, and UTF-8 whatever the locale. */
    @Override
    public ExitCode execute(EventSink out) {
        PrintStream document = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        document.println(TaskSchema.json());
        document.flush();
        return ExitCode.DONE;
    }
}
