package io.opendts.standalone.output;

/** Figures for people, the same in every locale. Written by hand: java.text would cost a tenth of a light start. */
final class Numbers {

    private Numbers() {}

    /** 1234567 becomes 1,234,567. */
    static String grouped(long value) {
        StringBuilder text = new StringBuilder(Long.toString(value));
        int first = value < 0 ? 1 : 0;
        for (int at = text.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** Decimal units, one digit behind the point from kB on: 999 B, 1.0 kB, 12.3 MB. */
    static String bytes(double bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        double value = bytes;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        if (unit == 0) {
            return Math.round(value) + " B";
        }
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10 + " " + units[unit];
    }

    /** 42 s, 3 min 20 s, 2 h 5 min. */
    static String seconds(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Under a second in milliseconds, as lag is read; longer in seconds with one digit, then as {@link #seconds}. */
    static String millis(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis < 60_000 ? millis / 1000 + "." + millis % 1000 / 100 + " s" : seconds(millis / 1000);
    }
}
