package io.opendts.engines.mysql.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the texts in which MySQL and MariaDB print sets of global transaction ids. */
final class GtidText {

    static final int UUID_CHARS = 36;

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,31}");
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,19})(?:-(\\d{1,19}))?");
    private static final Pattern DOMAIN = Pattern.compile("(\\d{1,10})-(\\d{1,10})-(\\d{1,20})");

    private GtidText() {}

    static GtidSet parse(String text) {
        String bare = text.replaceAll("\\s", "");
        if (bare.isEmpty()) {
            return GtidSet.NONE;
        }
        return DOMAIN.matcher(bare.split(",")[0]).matches() ? domains(bare) : uuids(bare);
    }

    private static GtidSet domains(String text) {
        Map<Long, GtidSet.Last> domains = new TreeMap<>();
        for (String part : text.split(",")) {
            var m = DOMAIN.matcher(part);
            if (!m.matches()) {
                throw new IllegalArgumentException("'" + part + "' is no MariaDB GTID (domain-server-sequence)");
            }
            domains.merge(Long.parseLong(m.group(1)), new GtidSet.Last(Long.parseLong(m.group(2)), Long.parseLong(m.group(3))),
                    (a, b) -> a.sequence() >= b.sequence() ? a : b);
        }
        return new GtidSet.Domains(domains);
    }

    private static GtidSet uuids(String text) {
        Map<String, List<GtidSet.Interval>> sources = new TreeMap<>();
        for (String part : text.split(",")) {
            if (!part.isEmpty()) {
                source(part, sources);
            }
        }
        sources.replaceAll((source, intervals) -> GtidSet.normal(intervals));
        return new GtidSet.Uuids(sources);
    }

    private static void source(String part, Map<String, List<GtidSet.Interval>> sources) {
        String[] pieces = part.split(":");
        if (!UUID.matcher(pieces[0]).matches() || pieces.length < 2) {
            throw new IllegalArgumentException("'" + part + "' is no MySQL GTID (uuid:numbers)");
        }
        String uuid = pieces[0].toLowerCase(Locale.ROOT);
        String source = uuid;
        for (int i = 1; i < pieces.length; i++) {
            var m = INTERVAL.matcher(pieces[i]);
            if (m.matches()) {
                long first = Long.parseLong(m.group(1));
                long last = m.group(2) == null ? first : Long.parseLong(m.group(2));
                sources.computeIfAbsent(source, s -> new ArrayList<>()).add(new GtidSet.Interval(first, last));
            } else if (TAG.matcher(pieces[i]).matches()) {
                source = uuid + ":" + pieces[i].toLowerCase(Locale.ROOT);
            } else {
                throw new IllegalArgumentException("'" + pieces[i] + "' in '" + part + "' is neither a number, a range nor a tag");
            }
        }
    }
}
