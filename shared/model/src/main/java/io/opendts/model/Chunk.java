package io.opendts.model;

import java.util.Objects;

/**
 * A piece of a table's full copy: one unit of work, copied exactly once.
 *
 * @param number counts from 0 within the table
 * @param lower  where it starts, exclusive or inclusive as its engine writes it; empty = from the beginning
 * @param upper  where it ends; empty = to the end
 * @param kind   RANGE: both bounds are known. WALK: {@code upper} is empty, the copy reads a limited number of rows from
 *               {@code lower} on and answers with the chunk that follows. WHOLE: the table in one piece (no key). TOGETHER: the
 *               table in one piece, at one moment with all others of this kind ({@link Cascades})
 */
public record Chunk(TableId table, int number, Kind kind, String lower, String upper) {

    public enum Kind { RANGE, WALK, WHOLE, TOGETHER }

    public Chunk {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(kind, "kind");
    }
}
