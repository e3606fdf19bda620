package io.opendts.engines.mysql.log;

import io.opendts.model.Change;
import io.opendts.model.Position;
import java.util.Locale;
import java.util.Optional;

/** Reads one file of the source's log from the server to its end, as a task's reader does, and prints row events, bytes and seconds. */
public final class ReadLog {

    private ReadLog() {}

    /** @param words the size of the file: where to end */
    public static void main(String[] words) {
        long end = Long.parseLong(words[0]);
        BenchLog source = BenchLog.open();
        long began = System.nanoTime();
        long rows = 0;
        try (MySqlLogReader reader = MySqlLogReader.open(source.settings(), new Position(source.file() + ":4"), source, BenchLog.NOTHING)) {
            while (MySqlPosition.parse(reader.position()).offset() < end) {
                Optional<Change> change = reader.next();
                if (change.isPresent() && BenchLog.isRow(change.get())) {
                    rows++;
                }
            }
            System.out.printf(Locale.ROOT, "read %d %d %.3f%n", rows, reader.bytesRead(), (System.nanoTime() - began) / 1e9);
        }
    }
}
