package io.opendts.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One column as the source's catalog has it.
 *
 * @param nativeType the engine's own type with length and attributes, as in {@code int unsigned}
 * @param charset    of TEXT, ENUM and SET columns
 * @param labels     of ENUM and SET columns, in order, decoded
 * @param scale      digits behind the point: of DECIMAL, and of the seconds of temporal kinds
 * @param generated  computed by the server from other columns: read by nobody, written by nobody
 */
public record Column(
        String name,
        ColumnKind kind,
        String nativeType,
        boolean nullable,
        boolean unsigned,
        Optional<String> charset,
        Optional<String> collation,
        List<String> labels,
        int scale,
        boolean generated,
        boolean invisible) {

    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        labels = List.copyOf(labels);
    }

    /** The same column under the name that it has on the target. */
    public Column named(String newName) {
        return new Column(newName, kind, nativeType, nullable, unsigned, charset, collation, labels, scale, generated, invisible);
    }
}
