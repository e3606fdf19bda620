package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.Lexer;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.ObjectName;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which objects a statement makes, changes or drops that are no tables: their names alone, for what they are is seen on the source.
 * Pure.
 *
 * @param names   none for what is in no database, as a loadable function
 * @param drops   the database that is dropped with all that is in it
 * @param defines the database that is made or altered
 */
public record ObjectStatement(List<ObjectName> names, Optional<String> drops, Optional<Definition> defines) {

    /**
     * @param made        not altered
     * @param unlessThere IF NOT EXISTS
     */
    public record Definition(String database, boolean made, boolean unlessThere) {}

    public ObjectStatement {
        names = List.copyOf(names);
    }

    private ObjectStatement(List<ObjectName> names) {
        this(names, Optional.empty(), Optional.empty());
    }

    /**
     * @param database         the default one; empty for none
     * @param ansiQuotes       whether double quotes enclose names
     * @param backslashEscapes whether a backslash escapes what follows it in a string
     * @throws NotUnderstood it is something else, or its names are not where they are known to be
     */
    public static ObjectStatement read(String sql, String database, boolean ansiQuotes, boolean backslashEscapes) {
        return new Reader(new TokenCursor(Lexer.logged(sql, ansiQuotes, backslashEscapes)), database).read();
    }

    /** Whether tables may become others by a statement that is not understood. */
    public static boolean speaksOfTables(String sql, boolean ansiQuotes, boolean backslashEscapes) {
        return Lexer.logged(sql, ansiQuotes, backslashEscapes).stream()
                .anyMatch(token -> token.is("TABLE") || token.is("TABLES") || token.is("INDEX"));
    }

    /**
     * Grammar: dev.mysql.com "Data Definition Statements"; mariadb.com "Data Definition", "Stored Routine Statements". One statement; one
     * thread.
     */
    private record Reader(TokenCursor cursor, String database) {

        /** They cannot be the name of a database without quotes. */
        private static final List<String> RESERVED_OPTIONS = List.of("DEFAULT", "CHARACTER", "COLLATE", "READ");
        private static final List<String> OPTIONS = List.of("CHARSET", "COMMENT", "ENCRYPTION");

        ObjectStatement read() {
            if (cursor.accept("CREATE")) {
                boolean replaces = cursor.accept("OR", "REPLACE");
                attributes();
                return made(replaces);
            }
            if (cursor.accept("ALTER")) {
                attributes();
                return altered();
            }
            if (cursor.accept("DROP")) {
                return dropped();
            }
            throw unknown();
        }

        private NotUnderstood unknown() {
            return new NotUnderstood("no object is named in front of " + Token.text(cursor.rest()));
        }

        /** What may stand in front of the kind, in any order. */
        private void attributes() {
            boolean more = true;
            while (more) {
                if (cursor.accept("DEFINER")) {
                    definer();
                } else if (cursor.accept("ALGORITHM")) {
                    cursor.acceptSymbol('=');
                    cursor.next();
                } else if (cursor.accept("SQL", "SECURITY")) {
                    cursor.next();
                } else {
                    more = cursor.accept("AGGREGATE");
                }
            }
        }

        /** {@code user@host}, {@code role}, {@code CURRENT_USER} or {@code CURRENT_USER()}. */
        private void definer() {
            cursor.acceptSymbol('=');
            cursor.next();
            cursor.group();
            if (cursor.acceptSymbol('@')) {
                cursor.next();
                while (cursor.touches()) {
                    cursor.next();
                }
            }
        }

        private boolean aboutDatabase() {
            return cursor.accept("DATABASE") || cursor.accept("SCHEMA");
        }

        private ObjectStatement made(boolean replaces) {
            boolean ofDatabase = aboutDatabase();
            Optional<Kind> kind = ofDatabase ? Optional.empty() : Optional.of(kind());
            boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
            if (kind.isEmpty()) {
                ObjectName name = namedDatabase();
                String made = name.id().database();
                return new ObjectStatement(replaces ? List.of(name, ObjectName.allOf(made)) : List.of(name),
                        replaces ? Optional.of(made) : Optional.empty(),
                        Optional.of(new Definition(made, true, unlessThere)));
            }
            ObjectName name = name(kind.get());
            return new ObjectStatement(kind.get() == Kind.FUNCTION && loadable() ? List.of() : List.of(name));
        }

        /** {@code RETURNS type SONAME 'library'}. */
        private boolean loadable() {
            if (!cursor.accept("RETURNS")) {
                return false;
            }
            cursor.next();
            return cursor.accept("SONAME");
        }

        private ObjectStatement altered() {
            if (aboutDatabase()) {
                ObjectName name = beginsOptions() ? ObjectName.database(known(database)) : namedDatabase();
                Definition definition = new Definition(name.id().database(), false, false);
                return new ObjectStatement(List.of(name), Optional.empty(), Optional.of(definition));
            }
            Kind kind = kind();
            cursor.accept("IF", "EXISTS");
            ObjectName name = name(kind);
            return new ObjectStatement(kind == Kind.EVENT ? renamed(name) : List.of(name));
        }

        /** The name of the database may be left out. */
        private boolean beginsOptions() {
            Token first = cursor.peek();
            Token second = cursor.second();
            return RESERVED_OPTIONS.stream().anyMatch(first::is) || OPTIONS.stream().anyMatch(first::is)
                    && Stream.concat(RESERVED_OPTIONS.stream(), OPTIONS.stream()).noneMatch(second::is);
        }

        /** {@code RENAME TO} stands in front of the body. */
        private List<ObjectName> renamed(ObjectName name) {
            List<ObjectName> both = new ArrayList<>(List.of(name));
            while (!cursor.atEnd() && !cursor.peek().is("DO")) {
                if (cursor.accept("RENAME", "TO")) {
                    both.add(name(Kind.EVENT));
                } else {
                    cursor.next();
                }
            }
            return both;
        }

        private ObjectStatement dropped() {
            boolean ofDatabase = aboutDatabase();
            Optional<Kind> kind = ofDatabase ? Optional.empty() : Optional.of(kind());
            cursor.accept("IF", "EXISTS");
            if (kind.isEmpty()) {
                ObjectName name = namedDatabase();
                String whole = name.id().database();
                return new ObjectStatement(List.of(name, ObjectName.allOf(whole)), Optional.of(whole), Optional.empty());
            }
            List<ObjectName> names = new ArrayList<>();
            do {
                names.add(name(kind.get()));
            } while (cursor.acceptSymbol(','));
            return new ObjectStatement(names);
        }

        /** MariaDB's packages are listed among procedures. */
        private Kind kind() {
            for (Kind kind : List.of(Kind.VIEW, Kind.PROCEDURE, Kind.FUNCTION, Kind.TRIGGER, Kind.EVENT, Kind.SEQUENCE)) {
                if (cursor.accept(kind.name())) {
                    return kind;
                }
            }
            if (cursor.accept("PACKAGE")) {
                cursor.accept("BODY");
                return Kind.PROCEDURE;
            }
            throw unknown();
        }

        private ObjectName namedDatabase() {
            return ObjectName.database(word());
        }

        private ObjectName name(Kind kind) {
            String first = word();
            return new ObjectName(kind, cursor.acceptSymbol('.') ? new TableId(first, word()) : new TableId(known(database), first));
        }

        private String word() {
            if (!cursor.peek().named()) {
                throw unknown();
            }
            return cursor.next().value();
        }

        private String known(String name) {
            if (name.isEmpty()) {
                throw unknown();
            }
            return name;
        }
    }
}
