package io.opendts.engines.mysql.log;

import io.opendts.model.TableId;
import io.opendts.spi.LookUps.Look;

/** The tables of a source as they are now, which is not where its log is being read. */
@FunctionalInterface
public interface SourceCatalog {

    /**
     * The table was that at some moment behind the call and in front of the position that is told.
     *
     * @throws io.opendts.model.DtsException where it cannot be told; retryable where it can be later
     */
    Look look(TableId table);
}
