package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** New columns whose values in the rows of a table are not decided by the statement that adds them. Pure. */
final class ChosenValues {

    private static final Set<String> FUNCTIONS = Set.of("UUID", "UUID_SHORT", "UUID_V4", "UUID_V7", "SYS_GUID", "RAND", "RANDOM_BYTES",
            "SYSDATE", "CONNECTION_ID", "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "CURRENT_ROLE", "DATABASE", "SCHEMA",
            "LAST_INSERT_ID", "FOUND_ROWS", "ROW_COUNT", "NEXTVAL", "LASTVAL", "SETVAL", "NEXT", "VERSION");

    private ChosenValues() {}

    /**
     * @param kept columns that are not new
     * @return the first of them
     */
    static Optional<String> among(TableShape after, Set<String> kept) {
        return after.definition().columns().stream().filter(column -> !kept.contains(column.name())).filter(ChosenValues::chosen)
                .map(ColumnPart::name).findFirst();
    }

    private static boolean chosen(ColumnPart column) {
        List<Token> value = column.attribute(Kind.DEFAULT).map(Attribute::value).orElse(List.of());
        return column.attribute(Kind.AUTO_INCREMENT).isPresent()
                || value.stream().anyMatch(token -> token.word() && FUNCTIONS.stream().anyMatch(token::is));
    }
}
