package io.opendts.spec;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in the source's log a task without the full stage begins. */
public sealed interface StartAt {

    record Now() implements StartAt {}

    record Timestamp(Instant instant) implements StartAt {}

    /** As the server writes it, without blanks: MySQL's `uuid:1-5,uuid:tag:1-3` or MariaDB's `0-1-100,1-1-7`. */
    record GtidSet(String text) implements StartAt {}

    record FilePosition(String file, long position) implements StartAt {}

    String FORMS = "`now`, a time (2026-11-20T10:00:00Z), a GTID set, or file:position (mysql-bin.000003:154)";

    Pattern FILE = Pattern.compile("([^:/\\s]+\\.[0-9]+):([0-9]{1,18})");
    String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    String INTERVAL = "[0-9]+(?:-[0-9]+)?";
    String MYSQL_MEMBER = UUID + "(?::(?:[a-zA-Z_][a-zA-Z0-9_]{0,31}:)?" + INTERVAL + ")+";
    Pattern MYSQL_GTIDS = Pattern.compile(MYSQL_MEMBER + "(?:," + MYSQL_MEMBER + ")*");
    Pattern MARIADB_GTIDS = Pattern.compile("[0-9]+-[0-9]+-[0-9]+(?:,[0-9]+-[0-9]+-[0-9]+)*");
    Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{10}");

    /** A time without a zone is UTC, as in all of OpenDTS; ten digits are Unix seconds, as in DTS's checkpoints. */
    static Optional<StartAt> parse(String text) {
        String tight = text.replaceAll("\\s", "");
        if (text.equals("now")) {
            return Optional.of(new Now());
        }
        Matcher file = FILE.matcher(text);
        if (file.matches()) {
            return Optional.of(new FilePosition(file.group(1), Long.parseLong(file.group(2))));
        }
        if (EPOCH_SECONDS.matcher(text).matches()) {
            return Optional.of(new Timestamp(Instant.ofEpochSecond(Long.parseLong(text))));
        }
        Optional<StartAt> time = time(text.trim());
        if (time.isPresent()) {
            return time;
        }
        boolean gtids = MYSQL_GTIDS.matcher(tight).matches() || MARIADB_GTIDS.matcher(tight).matches();
        return gtids ? Optional.of(new GtidSet(tight)) : Optional.empty();
    }

    private static Optional<StartAt> time(String text) {
        String iso = text.replaceFirst("^([0-9-]{10}) +", "$1T").replace(" ", "");
        if (!iso.contains("T")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Timestamp(OffsetDateTime.parse(iso).toInstant()));
        } catch (DateTimeParseException withoutZone) {
            try {
                return Optional.of(new Timestamp(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)));
            } catch (DateTimeParseException notATime) {
                return Optional.empty();
            }
        }
    }
}
