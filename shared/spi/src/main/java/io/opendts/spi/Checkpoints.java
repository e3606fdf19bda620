package io.opendts.spi;

import io.opendts.model.Checkpoint;
import java.util.List;
import java.util.Optional;

/** The checkpoints of all partitions of a task's changes, to be looked at as often as one likes: the session is kept. One thread. */
public interface Checkpoints extends AutoCloseable {

    /**
     * By the partitions' numbers; empty ones before a partition's first change was applied.
     *
     * @throws io.opendts.model.DtsException the target's codes; it may be called again
     */
    List<Optional<Checkpoint>> now();

    @Override
    void close();
}
