package io.opendts.engines.mysql.log;

import io.opendts.model.Position;
import java.util.Objects;

/**
 * A place in the log of a MySQL or MariaDB server: {@code file:offset}, {@code file:offset;gtids} or {@code gtids} alone.
 *
 * @param file   name of the log file; empty when only the GTIDs are known
 * @param offset of the next event in it, in bytes; 0 without a file
 * @param gtids  all transactions in front of it
 */
public record MySqlPosition(String file, long offset, GtidSet gtids) {

    public MySqlPosition {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(gtids, "gtids");
        if (file.isEmpty() && gtids.isEmpty()) {
            throw new IllegalArgumentException("a position needs a log file or GTIDs");
        }
        if (offset < 0 || file.isEmpty() && offset != 0) {
            throw new IllegalArgumentException("offset " + offset + " in log file '" + file + "'");
        }
    }

    public static MySqlPosition of(String file, long offset, String gtids) {
        return new MySqlPosition(file, offset, GtidSet.parse(gtids));
    }

    public static MySqlPosition parse(Position position) {
        return parse(position.text());
    }

    /** @throws IllegalArgumentException naming what is wrong with the text */
    public static MySqlPosition parse(String text) {
        int semicolon = text.lastIndexOf(';');
        String place = semicolon < 0 ? text : text.substring(0, semicolon);
        int colon = place.lastIndexOf(':');
        boolean number = colon > 0 && place.substring(colon + 1).matches("\\d{1,18}");
        if (semicolon < 0 && !(number && isFile(place.substring(0, colon)))) {
            return new MySqlPosition("", 0, GtidSet.parse(text));
        }
        if (!number) {
            throw new IllegalArgumentException("'" + place + "' is no log position (file:offset)");
        }
        GtidSet gtids = semicolon < 0 ? GtidSet.NONE : GtidSet.parse(text.substring(semicolon + 1));
        return new MySqlPosition(place.substring(0, colon), Long.parseLong(place.substring(colon + 1)), gtids);
    }

    /** A GTID's text is a uuid in front of the colon; log files always end in a dot and a number. */
    private static boolean isFile(String name) {
        return name.matches("(?s).*\\.\\d+");
    }

    public boolean hasFile() {
        return !file.isEmpty();
    }

    public Position position() {
        return new Position(toString());
    }

    /** Ascending with the files that a server writes: the number behind the last dot of the name. */
    long fileNumber() {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    /** Compares files and offsets alone; both must have them. */
    int comparePlace(MySqlPosition other) {
        int byFile = Long.compare(fileNumber(), other.fileNumber());
        return byFile != 0 ? byFile : Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return !hasFile() ? gtids.toString() : gtids.isEmpty() ? file + ":" + offset : file + ":" + offset + ";" + gtids;
    }
}
