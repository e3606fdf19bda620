package io.opendts.spec;

import io.opendts.model.DdlKind;
import io.opendts.spec.TaskSpec.DdlPolicy;
import java.util.Map;
import java.util.Optional;

/**
 * What one `ddl` of the file says: one policy, or a mapping of kinds to policies.
 *
 * @param otherwise of kinds that are not named; empty where a wider `ddl` decides on them
 */
public record DdlPolicies(Map<DdlKind, DdlPolicy> kinds, Optional<DdlPolicy> otherwise) {

    public DdlPolicies {
        kinds = Map.copyOf(kinds);
    }

    /** Empty where it says nothing of the kind. */
    public Optional<DdlPolicy> of(DdlKind kind) {
        return Optional.ofNullable(kinds.get(kind)).or(() -> otherwise);
    }
}
