package io.opendts.spi;

/**
 * What an engine tells a server about itself.
 *
 * @param task                 the task's name: shown in process lists, key of the progress rows on a target
 * @param connectTimeoutMillis for one attempt
 * @param readTimeoutMillis    after which a silent connection counts as lost
 */
public record Session(String task, int connectTimeoutMillis, int readTimeoutMillis) {

    public static Session of(String task) {
        return new Session(task, 10_000, 120_000);
    }
}
