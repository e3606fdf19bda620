package io.opendts.standalone.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code cluster up} was asked for. What is absent stays as it was asked for before, or is the default.
 *
 * @param counts processes of each function, those that were named
 * @param kafka brokers that exist already, {@code host:port[,...]}; empty text: a broker of the cluster's own
 * @param stateUrl a database that exists already, {@code mysql://host:port/database}
 */
public record UpRequest(Path stateDirectory, Map<Role, Integer> counts, Optional<StateStoreKind> stateStore, Optional<String> kafka,
        Optional<String> stateUrl, Optional<String> stateUsername, OptionalInt port) {

    public UpRequest {
        counts = Map.copyOf(counts);
    }
}
