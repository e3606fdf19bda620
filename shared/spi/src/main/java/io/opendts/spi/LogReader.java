package io.opendts.spi;

import io.opendts.model.Change;
import io.opendts.model.Position;
import java.util.Optional;

/**
 * One connection that tails a source's log. One thread reads; {@link #close()} may come from any thread and ends a waiting read.
 */
public interface LogReader extends AutoCloseable {

    /**
     * The next change of a selected table, or the begin or end of a transaction that has one. Waits for it.
     *
     * @return empty when nothing is waiting just now: then {@link #position()} tells how far the log has been read (past
     *         transactions that nobody selected), and the next call waits for more
     * @throws io.opendts.model.DtsException LOG_CONNECTION_LOST (retryable: open again from the last End), LOG_PURGED,
     *         LOG_EVENT_UNKNOWN, LOG_EVENT_DAMAGED, LOG_ROW_IMAGE_PARTIAL, LOG_STATEMENT, LOG_TABLE_CHANGED, TYPE_UNKNOWN
     */
    Optional<Change> next();

    /** Behind the last transaction that has been read to its end: where one may start again. */
    Position position();

    /** Bytes of log read since it was opened. */
    long bytesRead();

    @Override
    void close();
}
