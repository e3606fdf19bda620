package io.opendts.testkit;

/**
 * @param database created when it is missing
 * @param sysbenchTables tables {@code sbtest1..N} with sysbench's columns, {@code rowsPerTable} rows each at the start
 * @param otherShapes adds tables with a composite key, with no key at all and with a second unique key
 * @param transactionsPerSecond asked for, over all threads; a server that cannot keep up gets fewer, never a later burst
 *        of more than a second's worth
 * @param seed the same seed gives each thread the same sequence of statements
 */
public record WriteLoadOptions(String database, int sysbenchTables, int rowsPerTable, boolean otherShapes, int transactionsPerSecond,
        int threads, long seed) {

    public WriteLoadOptions {
        if (sysbenchTables < 1 || rowsPerTable < 1 || transactionsPerSecond < 1 || threads < 1) {
            throw new IllegalArgumentException("tables, rows, rate and threads must be 1 or more: " + sysbenchTables + ", " + rowsPerTable
                    + ", " + transactionsPerSecond + ", " + threads);
        }
    }

    /** Four tables of 1,000 rows and the other shapes, 200 transactions a second by four threads. */
    public static WriteLoadOptions defaults(String database) {
        return new WriteLoadOptions(database, 4, 1_000, true, 200, 4, 42);
    }

    public WriteLoadOptions withTables(int tables, int rows) {
        return new WriteLoadOptions(database, tables, rows, otherShapes, transactionsPerSecond, threads, seed);
    }

    public WriteLoadOptions withRate(int rate, int workers) {
        return new WriteLoadOptions(database, sysbenchTables, rowsPerTable, otherShapes, rate, workers, seed);
    }

    public WriteLoadOptions withSeed(long number) {
        return new WriteLoadOptions(database, sysbenchTables, rowsPerTable, otherShapes, transactionsPerSecond, threads, number);
    }

    public WriteLoadOptions withoutOtherShapes() {
        return new WriteLoadOptions(database, sysbenchTables, rowsPerTable, false, transactionsPerSecond, threads, seed);
    }
}
