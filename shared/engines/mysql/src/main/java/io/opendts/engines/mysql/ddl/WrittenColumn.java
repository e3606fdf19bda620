package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.Token;
import java.util.List;
import java.util.Optional;

/**
 * A column as a person writes it: with the many names of types, attributes in any order, and keys and constraints of its own.
 *
 * @param type        in lower case, words joined by one blank
 * @param arguments   in brackets behind the type; empty without
 * @param attributes  charsets and collations as written, nothing implied
 * @param key         the key that the column has alone; empty for none
 * @param constraints checks and references; which of them count depends on the server
 */
record WrittenColumn(String name, String type, List<Token> arguments, boolean unsigned, boolean zerofill, List<Attribute> attributes,
                     Optional<Clause.AddKey> key, List<Clause> constraints) {

    Optional<Attribute> attribute(Attribute.Kind kind) {
        return attributes.stream().filter(a -> a.kind() == kind).findFirst();
    }
}
