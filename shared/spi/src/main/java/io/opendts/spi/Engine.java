package io.opendts.spi;

import io.opendts.model.Endpoint;
import java.util.Optional;

/** A kind of data store. Found by {@link java.util.ServiceLoader}; stateless; opening a role connects to nothing yet. */
public interface Engine {

    /** As users write it in the task file. */
    String name();

    /** Reads from the endpoint; empty where this engine is a target only. */
    Optional<Source> source(Endpoint endpoint, Session session);

    /** Writes to the endpoint; empty where this engine is a source only. */
    Optional<Target> target(Endpoint endpoint, Session session);

    /** How this engine's log positions are ordered; empty where this engine is a target only. */
    Optional<LogOrder> logOrder();
}
