package io.opendts.spi;

/** Reads a chunk from its source into the sink of a target, and tells how the read ended. Called once for each attempt. */
@FunctionalInterface
public interface RowFeed {

    ChunkRead feed(RowSink sink);
}
