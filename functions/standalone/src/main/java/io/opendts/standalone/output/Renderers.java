package io.opendts.standalone.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Chooses how events are shown. */
public final class Renderers {

    /** Set to true by the launcher when standard output is a terminal; it knows better than the JVM, whose test wants both ends. */
    static final String TERMINAL = "dts.terminal";

    private Renderers() {}

    /**
     * JSON is always UTF-8, whatever the locale. With JSON, standard output is taken away from everything else in this
     * process: what a library prints there goes to standard error.
     */
    public static Renderer forThisProcess(OutputFormat format) {
        return switch (format) {
            case JSON -> {
                System.setOut(System.err);
                yield new JsonLines(
                        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
            }
            case TEXT -> text(System.out, System.err, Boolean.getBoolean(TERMINAL), System.getenv());
        };
    }

    /** A terminal that calls itself dumb gets plain lines; NO_COLOR, set to anything, takes the colours away. */
    static Renderer text(PrintStream out, PrintStream errors, boolean terminal, Map<String, String> environment) {
        boolean able = terminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colours = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new TextLines(
                out, errors, able ? TextLines.Style.LIVE : TextLines.Style.PLAIN, colours, System::nanoTime);
    }
}
