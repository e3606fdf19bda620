package io.opendts.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** A figure that was measured several times. */
record Spread(double median, double min, double max) {

    /** @param figures at least one */
    static Spread of(Collection<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
    }

    /** {@code 12.3 (11.9-14.0)} */
    String text(int digits) {
        String number = "%." + digits + "f";
        return String.format(Locale.ROOT, number + " (" + number + "-" + number + ")", median, min, max);
    }
}
