package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Turns whatever went wrong into the one form that users see. A stack trace goes to a file, never to them. */
public final class Failures {

    /** Wrong usage of the command line. */
    static final String USAGE_CODE = "DTS-1201";

    private Failures() {}

    public static Event.Failure of(DtsException failure) {
        return new Event.Failure(
                failure.code().code(), failure.getMessage(), failure.remedy(), failure.code().retryable());
    }

    static Event.Failure usage(String message, String remedy) {
        return new Event.Failure(USAGE_CODE, message, remedy, false);
    }

    /** Anything that nobody foresaw. Its message stays in the file: nobody has made sure that it holds no secret. */
    static Event.Failure bug(Throwable bug, Path stateDirectory) {
        String where;
        try {
            where = "the trace is in " + write(bug, stateDirectory.resolve("bugs"));
        } catch (IOException | SecurityException unwritable) {
            try {
                where = "the trace is in " + write(bug, Path.of(System.getProperty("java.io.tmpdir")));
            } catch (IOException | SecurityException nowhere) {
                where = "its trace could be written neither to " + stateDirectory + " nor to the temporary folder";
            }
        }
        return new Event.Failure(
                ErrorCode.BUG.code(),
                "unexpected " + bug.getClass().getSimpleName() + " in OpenDTS; " + where,
                "Report it together with that file, after looking it through for data of yours; running the command again is safe",
                ErrorCode.BUG.retryable());
    }

    private static Path write(Throwable bug, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "dts-bug-" + Instant.now().getEpochSecond() + "-", ".txt");
        try (PrintWriter text = new PrintWriter(Files.newBufferedWriter(file))) {
            text.println("OpenDTS " + BuildVersion.read() + ", Java " + Runtime.version() + ", " + Instant.now());
            bug.printStackTrace(text);
        }
        return file;
    }
}
