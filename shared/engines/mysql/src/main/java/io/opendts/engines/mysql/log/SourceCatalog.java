package io.opendts.engines.mysql.log;

import io.opendts.model.TableId;
import io.opendts.spi.LookUps.Look;
import java.util.List;

/** The tables of a source as they are now, which is not where its log is being read. */
public interface SourceCatalog {

    /**
     * The table was that at some moment behind the call and in front of the position that is told.
     *
     * @throws io.opendts.model.DtsException where it cannot be told; retryable where it can be later
     */
    Look look(TableId table);

    /** The columns of a table in their order; empty where there is none of that name. */
    List<Numbered> numbered(TableId table);

    /** @param number that the catalog gives the column, from 1: hidden columns have numbers too, and leave gaps */
    record Numbered(String column, int number) {}
}
