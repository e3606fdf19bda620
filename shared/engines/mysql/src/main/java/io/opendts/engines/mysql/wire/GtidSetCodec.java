package io.opendts.engines.mysql.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A MySQL GTID set in text, as COM_BINLOG_DUMP_GTID wants it in bytes. Without tags: 8 bytes count of UUIDs, then per
 * UUID 16 bytes, 8 bytes count of intervals, per interval 8 bytes first and 8 bytes last + 1. With tags (MySQL 8.3 and
 * later): the count is shifted up by one byte, and the first and the last of its 8 bytes are 1; after the UUID comes the
 * tag, its length in one byte times two (a variable-length integer), and each pair of UUID and tag counts for itself.
 */
final class GtidSetCodec {

    private static final int MAX_TAG_CHARS = 32;

    /** One UUID with one tag ("" for none), ordered as the server orders them. */
    private record Origin(String uuid, String tag) implements Comparable<Origin> {
        @Override
        public int compareTo(Origin other) {
            int byUuid = uuid.compareTo(other.uuid);
            return byUuid != 0 ? byUuid : tag.compareTo(other.tag);
        }
    }

    private record Interval(long first, long last) {
    }

    private GtidSetCodec() {
    }

    static byte[] encode(String text) {
        TreeMap<Origin, List<Interval>> set = parse(text);
        boolean tagged = set.keySet().stream().anyMatch(origin -> !origin.tag().isEmpty());
        SqlBytes to = new SqlBytes(256);
        little8(to, tagged ? (long) set.size() << 8 | 1L << 56 | 1 : set.size());
        set.forEach((origin, intervals) -> {
            UUID uuid = UUID.fromString(origin.uuid());
            big8(to, uuid.getMostSignificantBits());
            big8(to, uuid.getLeastSignificantBits());
            if (tagged) {
                to.raw(origin.tag().length() << 1).raw(origin.tag().getBytes(StandardCharsets.US_ASCII));
            }
            little8(to, intervals.size());
            for (Interval interval : intervals) {
                little8(to, interval.first());
                little8(to, interval.last() + 1);
            }
        });
        return to.toBytes();
    }

    private static TreeMap<Origin, List<Interval>> parse(String text) {
        TreeMap<Origin, List<Interval>> set = new TreeMap<>();
        for (String part : text.replaceAll("\\s", "").split(",")) {
            if (!part.isEmpty()) {
                parsePart(part, set);
            }
        }
        set.values().forEach(intervals -> intervals.sort((a, b) -> Long.compare(a.first(), b.first())));
        return set;
    }

    private static void parsePart(String part, TreeMap<Origin, List<Interval>> set) {
        String[] pieces = part.split(":");
        String uuid = pieces[0].toLowerCase(Locale.ROOT);
        if (!uuid.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") || pieces.length < 2) {
            throw new IllegalArgumentException("not a MySQL GTID set: " + part);
        }
        String tag = "";
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].toLowerCase(Locale.ROOT);
            if (piece.matches("[a-z_][a-z0-9_]*") && piece.length() <= MAX_TAG_CHARS) {
                tag = piece;
            } else if (piece.matches("\\d{1,18}(-\\d{1,18})?")) {
                set.computeIfAbsent(new Origin(uuid, tag), ignored -> new ArrayList<>()).add(interval(piece));
            } else {
                throw new IllegalArgumentException("not an interval or a tag of a MySQL GTID set: " + piece);
            }
        }
    }

    private static Interval interval(String piece) {
        int dash = piece.indexOf('-');
        long first = Long.parseLong(dash < 0 ? piece : piece.substring(0, dash));
        long last = dash < 0 ? first : Long.parseLong(piece.substring(dash + 1));
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not an interval of a MySQL GTID set: " + piece);
        }
        return new Interval(first, last);
    }

    private static void little8(SqlBytes to, long value) {
        for (int i = 0; i < 8; i++) {
            to.raw((int) (value >>> 8 * i));
        }
    }

    private static void big8(SqlBytes to, long value) {
        for (int i = 7; i >= 0; i--) {
            to.raw((int) (value >>> 8 * i));
        }
    }
}
