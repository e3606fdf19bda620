package io.opendts.engines.mysql.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which transactions lie behind a place in the log, by their global ids. Immutable; equal sets are equal records and print
 * alike.
 */
public sealed interface GtidSet {

    /** The source gives its transactions no ids, or none were written so far. */
    record None() implements GtidSet {
        @Override
        public String toString() {
            return "";
        }
    }

    /** Transaction numbers, both ends included. */
    record Interval(long first, long last) {
        public Interval {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("no interval of transaction numbers: " + first + "-" + last);
            }
        }

        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    /**
     * MySQL: {@code uuid:1-5:7}, several joined by commas, from 8.3 on with tags: {@code uuid:1-5:tag:1-3}.
     *
     * @param sources lower-case {@code uuid} or {@code uuid:tag} to its intervals, ascending, disjoint and not adjacent
     */
    record Uuids(Map<String, List<Interval>> sources) implements GtidSet {
        public Uuids {
            Map<String, List<Interval>> sorted = new TreeMap<>();
            sources.forEach((source, intervals) -> sorted.put(source, List.copyOf(intervals)));
            sources = java.util.Collections.unmodifiableMap(sorted);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            String uuid = "";
            for (Map.Entry<String, List<Interval>> e : sources.entrySet()) {
                String source = e.getKey();
                boolean tagOfSame = !uuid.isEmpty() && source.startsWith(uuid) && source.length() > uuid.length();
                if (tagOfSame) {
                    text.append(source, uuid.length(), source.length());
                } else {
                    text.append(text.isEmpty() ? "" : ",").append(source);
                    uuid = source.substring(0, GtidText.UUID_CHARS);
                }
                e.getValue().forEach(i -> text.append(':').append(i));
            }
            return text.toString();
        }
    }

    /**
     * MariaDB: the last transaction of each replication domain, {@code domain-server-sequence} joined by commas.
     *
     * @param domains by domain id
     */
    record Domains(Map<Long, Last> domains) implements GtidSet {
        public Domains {
            domains = java.util.Collections.unmodifiableMap(new TreeMap<>(domains));
        }

        @Override
        public String toString() {
            return domains.entrySet().stream()
                    .map(e -> e.getKey() + "-" + e.getValue().server() + "-" + e.getValue().sequence())
                    .collect(Collectors.joining(","));
        }
    }

    /** @param sequence of the last transaction in a domain, written by {@code server} */
    record Last(long server, long sequence) {}

    GtidSet NONE = new None();

    /** @throws IllegalArgumentException when the text is neither a MySQL nor a MariaDB set */
    static GtidSet parse(String text) {
        return GtidText.parse(text);
    }

    /** Whether every transaction of the other set is in this one; false between the two families. */
    default boolean containsAll(GtidSet other) {
        return switch (other) {
            case None() -> true;
            case Uuids(var wanted) -> this instanceof Uuids(var have)
                    && wanted.entrySet().stream().allMatch(e -> covers(have.getOrDefault(e.getKey(), List.of()), e.getValue()));
            case Domains(var wanted) -> this instanceof Domains(var have)
                    && wanted.entrySet().stream().allMatch(e -> have.containsKey(e.getKey())
                            && have.get(e.getKey()).sequence() >= e.getValue().sequence());
        };
    }

    default boolean isEmpty() {
        return switch (this) {
            case None() -> true;
            case Uuids(var sources) -> sources.isEmpty();
            case Domains(var domains) -> domains.isEmpty();
        };
    }

    private static boolean covers(List<Interval> have, List<Interval> wanted) {
        return wanted.stream().allMatch(w -> have.stream().anyMatch(h -> h.first() <= w.first() && w.last() <= h.last()));
    }

    /** Sorted, overlapping and adjacent intervals joined. */
    static List<Interval> normal(List<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort(java.util.Comparator.comparingLong(Interval::first));
        List<Interval> joined = new ArrayList<>();
        for (Interval next : sorted) {
            Interval last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && next.first() <= last.last() + 1) {
                joined.set(joined.size() - 1, new Interval(last.first(), Math.max(last.last(), next.last())));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }
}
