package io.opendts.engines.mysql.log;

/**
 * Dates and times in the servers' storage forms, printed as the text protocol prints them. Zero and partial dates are values
 * like any other. Source: my_time of both servers.
 */
final class Temporal {

    private static final int[] TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private Temporal() {}

    /** 3 bytes: year << 9 | month << 5 | day. */
    static Text date(int value, Text out) {
        return date(value >> 9, value >> 5 & 15, value & 31, out);
    }

    private static Text date(int year, int month, int day, Text out) {
        return out.putPadded(year, 4).put('-').putPadded(month, 2).put('-').putPadded(day, 2);
    }

    private static Text clock(int hour, int minute, int second, Text out) {
        return out.putPadded(hour, hour > 99 ? 3 : 2).put(':').putPadded(minute, 2).put(':').putPadded(second, 2);
    }

    private static Text fraction(int micros, int digits, Text out) {
        return digits == 0 ? out : out.put('.').putPadded(micros / TEN[6 - digits], digits);
    }

    /** (digits + 1) / 2 bytes, big endian, in units of 1, 2 or 3 bytes of decimal pairs. */
    private static int micros(Bytes in, int digits) {
        return switch ((digits + 1) / 2) {
            case 1 -> in.u8() * 10_000;
            case 2 -> (int) in.bigEndian(2) * 100;
            case 3 -> (int) in.bigEndian(3);
            default -> 0;
        };
    }

    /**
     * 3 bytes and the fraction, stored as one number with an offset, so that negative times sort below positive ones: the whole
     * is taken as one number, its sign taken off, and then cut into its parts.
     */
    static Text time(Bytes in, int digits, Text out) {
        int fractionBytes = (digits + 1) / 2;
        long packed = in.bigEndian(3 + fractionBytes) - (0x800000L << 8 * fractionBytes);
        long value = Math.abs(packed);
        if (packed < 0) {
            out.put('-');
        }
        long hms = value >> 8 * fractionBytes;
        int fraction = (int) (value & (1L << 8 * fractionBytes) - 1);
        int unit = fractionBytes == 1 ? 10_000 : fractionBytes == 2 ? 100 : 1;
        clock((int) (hms >> 12 & 0x3FF), (int) (hms >> 6 & 63), (int) (hms & 63), out);
        return fraction(fraction * unit, digits, out);
    }

    /** 5 bytes: (year * 13 + month) << 22 | day << 17 | hour << 12 | minute << 6 | second, with the first bit set. */
    static Text datetime(Bytes in, int digits, Text out) {
        long value = in.bigEndian(5) - 0x80_0000_0000L;
        packed(value, out);
        return fraction(micros(in, digits), digits, out);
    }

    private static Text packed(long value, Text out) {
        int yearMonth = (int) (value >> 22);
        date(yearMonth / 13, yearMonth % 13, (int) (value >> 17 & 31), out).put(' ');
        return clock((int) (value >> 12 & 31), (int) (value >> 6 & 63), (int) (value & 63), out);
    }

    /** 4 bytes of seconds since 1970 in UTC, big endian; 0 with no fraction is the zero timestamp. */
    static Text timestamp(Bytes in, int digits, Text out) {
        long seconds = in.u32BigEndian();
        int micros = micros(in, digits);
        return fraction(micros, digits, seconds(seconds, out));
    }

    static Text seconds(long seconds, Text out) {
        if (seconds == 0) {
            return out.put("0000-00-00 00:00:00");
        }
        int ofDay = (int) (seconds % 86_400);
        // days to civil date in eras of 400 years that start on 1 March, so that the leap day comes last
        int days = (int) (seconds / 86_400) + 719_468;
        int era = days / 146_097;
        int dayOfEra = days % 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        date(year, month, dayOfYear - (153 * shifted + 2) / 5 + 1, out).put(' ');
        return clock(ofDay / 3_600, ofDay / 60 % 60, ofDay % 60, out);
    }

    /** As a decimal number hhhmmss. */
    static Text oldTime(int value, Text out) {
        if (value < 0) {
            out.put('-');
        }
        int rest = Math.abs(value);
        return clock(rest / 10_000, rest / 100 % 100, rest % 100, out);
    }

    /** As a decimal number yyyymmddhhmmss. */
    static Text oldDatetime(long value, Text out) {
        int day = (int) (value / 1_000_000);
        int clock = (int) (value % 1_000_000);
        date(day / 10_000, day / 100 % 100, day % 100, out).put(' ');
        return clock(clock / 10_000, clock / 100 % 100, clock % 100, out);
    }

    /** A DATE, DATETIME or TIMESTAMP inside binary JSON: 24 bits of microseconds below the form of {@link #datetime}. */
    static Text jsonDatetime(long value, boolean dateOnly, Text out) {
        long whole = value >> 24;
        if (dateOnly) {
            int yearMonth = (int) (whole >> 22);
            return date(yearMonth / 13, yearMonth % 13, (int) (whole >> 17 & 31), out);
        }
        return fraction((int) (value & 0xFF_FFFF), 6, packed(whole, out));
    }

    static Text jsonTime(long value, Text out) {
        if (value < 0) {
            out.put('-');
        }
        long rest = Math.abs(value);
        long hms = rest >> 24;
        clock((int) (hms >> 12 & 0x3FF), (int) (hms >> 6 & 63), (int) (hms & 63), out);
        return fraction((int) (rest & 0xFF_FFFF), 6, out);
    }
}
