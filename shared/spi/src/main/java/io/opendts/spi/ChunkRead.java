package io.opendts.spi;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import java.util.Optional;

/**
 * How reading a chunk ended.
 *
 * @param exactAt the position at which exactly this copy was taken, where it was; empty otherwise
 * @param next    of a WALK: the chunk that follows; empty at the end of the table
 */
public record ChunkRead(long rows, long bytes, Optional<Position> exactAt, Optional<Chunk> next) {}
