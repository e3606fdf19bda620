package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyColumn;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An index as the server keeps it: what it orders by no more than the column holds, and only what its engine can do. Pure. */
final class KeyForm {

    private static final Set<String> LENGTHS = Set.of("char", "varchar", "binary", "varbinary");
    private static final Set<String> PREFIXES = Set.of("tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob",
            "longblob");
    private static final int NO_HASH = 80000;
    /** Of a name that is made of a column's; a number follows. */
    private static final int NAME_BYTES_MAX = 61;
    private static final int OLD_NAME_BYTES_MAX = 30;
    /** Seen on 9.7, and on 8.0.15 not yet. */
    private static final int LONGER_NAMES = 90700;
    private static final int MAYBE_LONGER_NAMES = 80016;

    private KeyForm() {}

    /** A prefix that is as long as the column, or of a type without prefixes, is the whole column. */
    static KeyPart fitted(KeyPart key, List<ColumnPart> columns) {
        return new KeyPart(key.kind(), key.name(), key.columns().stream().map(part -> fitted(part, columns)).toList(), key.suffix());
    }

    private static KeyColumn fitted(KeyColumn part, List<ColumnPart> columns) {
        List<Token> tokens = part.tokens();
        if (part.column().isEmpty() || tokens.isEmpty() || !tokens.getFirst().symbol('(')) {
            return part;
        }
        Optional<ColumnPart> column = columns.stream().filter(c -> c.name().equalsIgnoreCase(part.column().get())).findFirst();
        boolean whole = column.isPresent() && !PREFIXES.contains(column.get().typeName()) && (!LENGTHS.contains(column.get().typeName())
                || Long.parseLong(tokens.get(1).text()) >= length(column.get()));
        return whole ? new KeyColumn(part.column(), tokens.subList(3, tokens.size())) : part;
    }

    private static long length(ColumnPart column) {
        return Long.parseLong(column.type().get(2).text());
    }

    /** InnoDB orders by trees alone: newer servers do not keep another wish. */
    static KeyPart ofEngine(KeyPart key, String engine, ServerVersion server) {
        boolean trees = server.mySqlFrom(NO_HASH) && engine.equalsIgnoreCase("InnoDB");
        int using = -1;
        for (int i = 0; trees && i + 2 < key.suffix().size(); i++) {
            using = key.suffix().get(i).is("USING") && key.suffix().get(i + 2).is("HASH") ? i : using;
        }
        if (using < 0) {
            return key;
        }
        List<Token> suffix = new ArrayList<>(key.suffix().subList(0, using));
        suffix.addAll(key.suffix().subList(using + 3, key.suffix().size()));
        return new KeyPart(key.kind(), key.name(), key.columns(), List.copyOf(suffix));
    }

    /** @throws NotUnderstood the name is cut, maybe within a character */
    static String numbered(String name, int number, ServerVersion server) {
        boolean newer = server.mariaDb() || server.mySqlFrom(LONGER_NAMES);
        int max = newer ? NAME_BYTES_MAX : OLD_NAME_BYTES_MAX;
        if (name.getBytes(StandardCharsets.UTF_8).length <= max) {
            return name + "_" + number;
        }
        boolean between = !newer && server.mySqlFrom(MAYBE_LONGER_NAMES);
        if (between || name.chars().anyMatch(c -> c > '~')) {
            throw new NotUnderstood("an index without a name on a column with a long one");
        }
        return name.substring(0, max) + "_" + number;
    }

    /**
     * Whether the server may have made an index for a foreign key by itself: then it drops it in silence as soon as another one serves.
     * One that was made on purpose looks the same.
     */
    static boolean perhapsGenerated(KeyPart key, List<ForeignKeyPart> foreignKeys) {
        List<String> columns = key.columns().stream().flatMap(part -> part.column().stream()).toList();
        boolean plain = key.kind() == KeyPart.Kind.PLAIN && key.suffix().isEmpty() && key.columns().stream().allMatch(KeyColumn::whole);
        return plain && foreignKeys.stream().anyMatch(foreign -> foreign.columns().equals(columns)
                && (key.name().equalsIgnoreCase(foreign.name()) || namedByColumn(key)));
    }

    private static boolean namedByColumn(KeyPart key) {
        return key.columns().getFirst().column().filter(column -> key.name().matches("(?i)\\Q" + column + "\\E(_\\d+)?")).isPresent();
    }

    /**
     * The same where the server makes one anew for a foreign key: only its name may be another then.
     *
     * @param name of the foreign key; empty where the server chooses one
     */
    static boolean perhapsReplaced(KeyPart key, List<ForeignKeyPart> foreignKeys, String name) {
        boolean stays = name.isEmpty() ? namedByColumn(key) : key.name().equalsIgnoreCase(name);
        return !stays && perhapsGenerated(key, foreignKeys);
    }
}
