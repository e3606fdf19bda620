package io.opendts.engines.mysql.log;

import io.opendts.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a reader stands. Adding a transaction costs O(1) for the usual case, the next number of the source seen last; text is
 * made when somebody asks. One thread.
 *
 * <p>GTIDs are followed only when the start has them: from a file position on, the set of what was read would lack all that
 * lies in front of it, and starting again at such a set would bring all of that once more.
 */
final class LogTracker {

    private static final class Source {
        final String name;
        final List<GtidSet.Interval> closed = new ArrayList<>();
        long first;
        long last;

        Source(String name) {
            this.name = name;
        }

        /** The open interval grows in place; a gap closes it, and disorder costs a sort when text is made. */
        void add(long number) {
            if (last != 0 && number == last + 1) {
                last = number;
                return;
            }
            if (last != 0) {
                closed.add(new GtidSet.Interval(first, last));
                if (closed.size() > 64) {
                    List<GtidSet.Interval> joined = GtidSet.normal(closed);
                    closed.clear();
                    closed.addAll(joined);
                }
            }
            first = number;
            last = number;
        }

        List<GtidSet.Interval> intervals() {
            List<GtidSet.Interval> all = new ArrayList<>(closed);
            if (last != 0) {
                all.add(new GtidSet.Interval(first, last));
            }
            return all.size() == 1 ? all : GtidSet.normal(all);
        }
    }

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<Long, GtidSet.Last> domains = new TreeMap<>();
    private final boolean followed;
    private Source recent;
    private String file;
    private long offset;
    private Position cached;

    LogTracker(MySqlPosition start) {
        file = start.file();
        offset = start.offset();
        followed = !start.gtids().isEmpty();
        switch (start.gtids()) {
            case GtidSet.None() -> { }
            case GtidSet.Uuids(var map) -> map.forEach((name, intervals) -> {
                Source source = new Source(name);
                source.closed.addAll(intervals.subList(0, intervals.size() - 1));
                source.first = intervals.getLast().first();
                source.last = intervals.getLast().last();
                sources.put(name, source);
            });
            case GtidSet.Domains(var map) -> domains.putAll(map);
        }
    }

    String file() {
        return file;
    }

    long offset() {
        return offset;
    }

    void moveTo(String newFile, long newOffset) {
        if (newOffset != offset || !newFile.equals(file)) {
            file = newFile;
            offset = newOffset;
            cached = null;
        }
    }

    /** @param source {@code uuid} or {@code uuid:tag}, in lower case */
    void add(String source, long number) {
        if (!followed) {
            return;
        }
        if (recent == null || !recent.name.equals(source)) {
            recent = sources.computeIfAbsent(source, Source::new);
        }
        recent.add(number);
        cached = null;
    }

    void add(long domain, long server, long sequence) {
        if (!followed) {
            return;
        }
        domains.put(domain, new GtidSet.Last(server, sequence));
        cached = null;
    }

    GtidSet gtids() {
        if (!domains.isEmpty()) {
            return new GtidSet.Domains(domains);
        }
        if (sources.isEmpty()) {
            return GtidSet.NONE;
        }
        Map<String, List<GtidSet.Interval>> all = new TreeMap<>();
        sources.forEach((name, source) -> all.put(name, source.intervals()));
        return new GtidSet.Uuids(all);
    }

    Position position() {
        if (cached == null) {
            cached = new MySqlPosition(file, offset, gtids()).position();
        }
        return cached;
    }
}
