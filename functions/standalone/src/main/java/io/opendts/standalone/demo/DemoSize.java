package io.opendts.standalone.demo;

/**
 * How much the demo moves.
 *
 * @param customers of the sample database; it has about 11 rows for each. A multiple of 100, at most 100,000
 * @param writeSeconds how long the live writes go on, at the least: they also cover the whole copy and what follows it
 * @param transactionsPerSecond asked for; a slow machine gets fewer
 */
public record DemoSize(int customers, int writeSeconds, int transactionsPerSecond) {

    public static final DemoSize USUAL = new DemoSize(18_000, 15, 200);

    public DemoSize {
        if (customers < 100 || customers > 100_000 || customers % 100 != 0) {
            throw new IllegalArgumentException("customers=" + customers + ": a multiple of 100 from 100 to 100,000 is wanted");
        }
        if (writeSeconds < 1 || transactionsPerSecond < 1) {
            throw new IllegalArgumentException("seconds and rate must be 1 or more: " + writeSeconds + ", " + transactionsPerSecond);
        }
    }
}
