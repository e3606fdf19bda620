package io.opendts.spi;

import io.opendts.model.Chunk;
import io.opendts.model.Relation;
import io.opendts.model.Table;
import java.util.Optional;

/** An ability of sources: computes checksums where the data is. */
public interface Digester {

    /**
     * @param rows counted
     * @param hash over all carried columns of all rows, independent of their order; equal rows give equal hashes on every
     *             server of the family wherever the server prints values alike, and unequal hashes prove nothing
     */
    record Digest(long rows, String hash) {}

    /** Of the rows of a RANGE or WHOLE chunk, restricted to the filter. */
    Digest digest(Chunk chunk, Table table, Relation relation, Optional<String> filter);
}
