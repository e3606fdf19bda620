package io.opendts.engines.mysql.schema;

import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a statement that changes the schema is about, told by the names that every such statement has in known places. Pure.
 *
 * @param tables that it changes, under the names before and after it; empty of OTHER
 */
public record SchemaStatement(Kind kind, List<TableId> tables) {

    /** Nearly every statement in a log is something else, and is not cut into tokens. */
    private static final Pattern SETTINGS = Pattern.compile("(?is)(?:\\s|/\\*.*?\\*/)*+(?:/\\*M?!\\d*\\s*)?SET\\b");

    public enum Kind {
        /** It makes, changes, renames or drops tables or their indexes. */
        TABLES,
        /** It empties one table. */
        TRUNCATE,
        /** Databases, views, routines, triggers, events, sequences; and what is not understood. */
        OTHER
    }

    public SchemaStatement {
        tables = List.copyOf(tables);
    }

    /**
     * @param database         the default one; empty for none
     * @param ansiQuotes       whether double quotes enclose names
     * @param backslashEscapes whether a backslash escapes what follows it in a string
     */
    public static SchemaStatement read(String sql, String database, boolean ansiQuotes, boolean backslashEscapes) {
        return new Reader(new TokenCursor(Lexer.logged(sql, ansiQuotes, backslashEscapes)), database).read()
                .orElse(new SchemaStatement(Kind.OTHER, List.of()));
    }

    /**
     * MariaDB logs {@code SET STATEMENT variable=value, ... FOR} as it was written in front of a statement: without it.
     *
     * @return the same text where there is no such prefix
     */
    public static String withoutSettings(String sql, boolean ansiQuotes, boolean backslashEscapes) {
        if (!SETTINGS.matcher(sql).lookingAt()) {
            return sql;
        }
        List<Token> tokens = Lexer.logged(sql, ansiQuotes, backslashEscapes);
        TokenCursor cursor = new TokenCursor(tokens);
        if (!cursor.accept("SET", "STATEMENT")) {
            return sql;
        }
        while (!cursor.atEnd()) {
            if (cursor.accept("FOR")) {
                return Token.text(cursor.rest());
            }
            if (cursor.group().isEmpty()) {
                cursor.next();
            }
        }
        return sql;
    }

    /** One statement; one thread. */
    private record Reader(TokenCursor cursor, String database) {

        Optional<SchemaStatement> read() {
            if (cursor.accept("CREATE")) {
                return create();
            }
            if (cursor.accept("ALTER")) {
                return alter();
            }
            if (cursor.accept("DROP")) {
                return drop();
            }
            if (cursor.accept("RENAME")) {
                return rename();
            }
            if (cursor.accept("TRUNCATE")) {
                cursor.accept("TABLE");
                return name().map(table -> new SchemaStatement(Kind.TRUNCATE, List.of(table)));
            }
            return Optional.empty();
        }

        private Optional<SchemaStatement> create() {
            cursor.accept("OR", "REPLACE");
            if (cursor.accept("TABLE")) {
                cursor.accept("IF", "NOT", "EXISTS");
                return tables(name());
            }
            return indexOn();
        }

        private Optional<SchemaStatement> drop() {
            if (cursor.accept("TABLE") || cursor.accept("TABLES")) {
                cursor.accept("IF", "EXISTS");
                List<TableId> dropped = new ArrayList<>();
                do {
                    Optional<TableId> table = name();
                    if (table.isEmpty()) {
                        return Optional.empty();
                    }
                    dropped.add(table.get());
                } while (cursor.acceptSymbol(','));
                return Optional.of(new SchemaStatement(Kind.TABLES, dropped));
            }
            return indexOn();
        }

        /** {@code [UNIQUE ...] INDEX name ... ON table}: the name of an index cannot be a bare ON. */
        private Optional<SchemaStatement> indexOn() {
            for (int words = 0; words < 2 && !cursor.peek().is("INDEX"); words++) {
                cursor.next();
            }
            if (!cursor.accept("INDEX")) {
                return Optional.empty();
            }
            while (!cursor.atEnd()) {
                if (cursor.accept("ON")) {
                    return tables(name());
                }
                cursor.next();
            }
            return Optional.empty();
        }

        private Optional<SchemaStatement> alter() {
            while (cursor.accept("ONLINE") || cursor.accept("OFFLINE") || cursor.accept("IGNORE")) {
                continue;
            }
            if (!cursor.accept("TABLE")) {
                return Optional.empty();
            }
            cursor.accept("IF", "EXISTS");
            Optional<TableId> table = name();
            if (table.isEmpty()) {
                return Optional.empty();
            }
            List<TableId> touched = new ArrayList<>(List.of(table.get()));
            while (!cursor.atEnd()) {
                if (cursor.accept("RENAME")) {
                    if (!part()) {
                        renamed().ifPresent(touched::add);
                    }
                } else if (cursor.accept("EXCHANGE", "PARTITION")) {
                    cursor.next();
                    cursor.accept("WITH", "TABLE");
                    name().ifPresent(touched::add);
                } else if (cursor.group().isEmpty()) {
                    cursor.next();
                }
            }
            return Optional.of(new SchemaStatement(Kind.TABLES, touched));
        }

        private boolean part() {
            return cursor.accept("COLUMN") || cursor.accept("INDEX") || cursor.accept("KEY");
        }

        private Optional<TableId> renamed() {
            if (!cursor.accept("TO") && !cursor.accept("AS")) {
                cursor.acceptSymbol('=');
            }
            return name();
        }

        private Optional<SchemaStatement> rename() {
            if (!cursor.accept("TABLE") && !cursor.accept("TABLES")) {
                return Optional.empty();
            }
            cursor.accept("IF", "EXISTS");
            List<TableId> touched = new ArrayList<>();
            do {
                Optional<TableId> from = name();
                while (!cursor.atEnd() && !cursor.accept("TO")) {
                    cursor.next();
                }
                Optional<TableId> to = name();
                if (from.isEmpty() || to.isEmpty()) {
                    return Optional.empty();
                }
                touched.addAll(List.of(from.get(), to.get()));
            } while (cursor.acceptSymbol(','));
            return Optional.of(new SchemaStatement(Kind.TABLES, touched));
        }

        private static Optional<SchemaStatement> tables(Optional<TableId> one) {
            return one.map(table -> new SchemaStatement(Kind.TABLES, List.of(table)));
        }

        /** {@code table}, {@code database.table} or {@code .table}. */
        private Optional<TableId> name() {
            cursor.acceptSymbol('.');
            if (!cursor.peek().named()) {
                return Optional.empty();
            }
            String first = cursor.next().value();
            if (!cursor.acceptSymbol('.')) {
                return Optional.of(new TableId(database, first));
            }
            return cursor.peek().named() ? Optional.of(new TableId(first, cursor.next().value())) : Optional.empty();
        }
    }
}
