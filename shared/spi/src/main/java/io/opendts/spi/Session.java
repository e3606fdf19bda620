package io.opendts.spi;

/**
 * What an engine tells a server about itself.
 *
 * @param task                 the task's name: shown in process lists, key of the progress rows on a target
 * @param partition            of the task's changes, each of which has a checkpoint of its own on a target
 * @param connectTimeoutMillis for one attempt
 * @param readTimeoutMillis    after which a silent connection counts as lost
 */
public record Session(String task, int partition, int connectTimeoutMillis, int readTimeoutMillis) {

    public static Session of(String task) {
        return of(task, 0);
    }

    public static Session of(String task, int partition) {
        return new Session(task, partition, 10_000, 120_000);
    }
}
