package io.opendts.state;

/**
 * What has been done, for all tasks: everything that a process needs in order to go on where another one died. Every
 * method that writes is one transaction, durable when it returns. Safe for use by many threads and many processes.
 *
 * <p>Errors: STATE_UNAVAILABLE (disk full, locked for too long, no access), STATE_STORE_UNREACHABLE (a database that does not
 * answer; retryable), STATE_DAMAGED, STATE_NEWER.
 */
public interface StateStore extends AutoCloseable {

    Tasks tasks();

    Relations relations();

    Chunks chunks();

    Progress progress();

    Leases leases();

    Requests requests();

    Verifications verifications();

    @Override
    void close();
}
