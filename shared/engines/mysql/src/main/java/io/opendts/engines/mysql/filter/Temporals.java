package io.opendts.engines.mysql.filter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times as numbers in the order in which the servers compare them; zero and partial dates are below whole ones. Pure. */
final class Temporals {

    static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
    static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)(?:[ T]([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,6}))?)?");
    static final Pattern TIME = Pattern.compile("(-?)(\\d{2,3}):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,6}))?");
    private static final int HOURS_MAX = 838;

    private Temporals() {}

    /** Of a canonical date, with or without a time. */
    static Long dateAndTime(String text) {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a date of " + text.length() + " characters is not in its canonical form");
        }
        long day = number(parts, 1) * 10_000 + number(parts, 2) * 100 + number(parts, 3);
        return ((day * 24 + number(parts, 4)) * 60 + number(parts, 5)) * 60_000_000 + number(parts, 6) * 1_000_000 + micros(parts.group(7));
    }

    /** Of a canonical time: microseconds. */
    static Long time(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a time of " + text.length() + " characters is not in its canonical form");
        }
        long micros = ((number(parts, 2) * 60 + number(parts, 3)) * 60 + number(parts, 4)) * 1_000_000 + micros(parts.group(5));
        return parts.group(1).isEmpty() ? micros : -micros;
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static long micros(String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000000").substring(0, 6));
    }

    /** Digits behind the point of the seconds; trailing zeros do not count. */
    static int scale(String text) {
        int point = text.indexOf('.');
        return point < 0 ? 0 : text.substring(point + 1).replaceAll("0+$", "").length();
    }

    /** Why no calendar has the date; empty for one that it has. */
    static Optional<String> wrongDate(Matcher parts) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            return date.getYear() == 0 ? Optional.of("the servers treat the year 0000 in different ways") : Optional.empty();
        } catch (DateTimeException wrong) {
            return Optional.of("the calendar does not have it");
        }
    }

    static boolean withinTime(Matcher parts) {
        return Integer.parseInt(parts.group(2)) <= HOURS_MAX;
    }
}
