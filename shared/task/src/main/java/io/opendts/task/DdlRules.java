package io.opendts.task;

import io.opendts.model.Change.Touched;
import io.opendts.model.DdlKind;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of changes of the source's schema, by what they do to which object. Pure. */
@FunctionalInterface
public interface DdlRules {

    enum DdlPolicy { APPLY, IGNORE, HOLD, FAIL }

    DdlPolicy of(DdlKind kind, TableId object);

    /**
     * Of a whole statement.
     *
     * @param because the part of it that decides; empty where all of it is carried
     */
    record Verdict(DdlPolicy policy, Optional<Touched> because) {}

    /**
     * A statement is made whole or not at all. Where its parts are told different things the strictest decides: fail before hold, and
     * what is to be made in part only, apply beside ignore, is held.
     */
    default Verdict of(List<Touched> parts) {
        for (DdlPolicy strict : List.of(DdlPolicy.FAIL, DdlPolicy.HOLD)) {
            Optional<Touched> found = first(parts, strict);
            if (found.isPresent()) {
                return new Verdict(strict, found);
            }
        }
        Optional<Touched> ignored = first(parts, DdlPolicy.IGNORE);
        boolean mixed = ignored.isPresent() && first(parts, DdlPolicy.APPLY).isPresent();
        return new Verdict(mixed ? DdlPolicy.HOLD : ignored.isPresent() ? DdlPolicy.IGNORE : DdlPolicy.APPLY, ignored);
    }

    /** Whether any change of the table's schema may be carried. */
    default boolean follows(TableId table) {
        return Stream.of(DdlKind.values()).filter(DdlKind::ofTable).map(kind -> of(kind, table))
                .anyMatch(policy -> policy == DdlPolicy.APPLY || policy == DdlPolicy.HOLD);
    }

    private Optional<Touched> first(List<Touched> parts, DdlPolicy policy) {
        return parts.stream().filter(part -> of(part.kind(), part.object()) == policy).findFirst();
    }
}
