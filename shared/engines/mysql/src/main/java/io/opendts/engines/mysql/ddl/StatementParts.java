package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.Lexer;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.Change.Touched;
import io.opendts.model.DdlKind;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a statement does to which objects, in the kinds that a task tells apart. Pure. */
public final class StatementParts {

    /** What a clause that is not known could be. */
    private static final Set<DdlKind> ANY_ALTERATION =
            EnumSet.of(DdlKind.ALTER_TABLE, DdlKind.DROP_COLUMN, DdlKind.DROP_PARTITION, DdlKind.INDEX);
    private static final String PRIMARY = "PRIMARY";
    /** Between the first word of a statement and what it is about: options, and an account. */
    private static final int WORDS_BEFORE_KIND_MAX = 40;

    /** Behind ALTER DATABASE, where the default one is meant. */
    private static final Set<String> DATABASE_OPTIONS =
            Set.of("CHARACTER", "CHARSET", "COLLATE", "DEFAULT", "ENCRYPTION", "READ", "COMMENT");

    private StatementParts() {}

    /**
     * @param database the default one; empty for none
     * @param tables   that the statement is about, told by names alone; empty where it is about something else
     * @return never empty
     */
    public static List<Touched> of(String sql, String database, boolean ansiQuotes, boolean backslashEscapes, List<TableId> tables) {
        TokenCursor words = new TokenCursor(Lexer.logged(sql, ansiQuotes, backslashEscapes));
        if (tables.isEmpty()) {
            return ofObjects(words, database);
        }
        try {
            return TableStatement.read(sql, WrittenUnder.of(database, ansiQuotes, backslashEscapes), true).map(StatementParts::of)
                    .orElseGet(() -> each(kinds(words), tables));
        } catch (NotUnderstood unknown) {
            return each(kinds(words), tables);
        }
    }

    private static List<Touched> of(TableStatement statement) {
        return switch (statement) {
            case TableStatement.Create create -> made(create.table(), create.replace());
            case TableStatement.CreateLike like -> made(like.table(), like.replace());
            case TableStatement.Alter alter -> altered(alter);
            case TableStatement.Drop drop -> each(Set.of(DdlKind.DROP_TABLE), drop.tables());
            case TableStatement.Rename rename -> {
                Set<TableId> names = new LinkedHashSet<>();
                rename.renamings().forEach(one -> names.addAll(List.of(one.from(), one.to())));
                yield each(Set.of(DdlKind.RENAME_TABLE), List.copyOf(names));
            }
            case TableStatement.Truncate(TableId table) -> List.of(new Touched(DdlKind.TRUNCATE, table));
        };
    }

    private static List<Touched> made(TableId table, boolean replace) {
        return each(replace ? EnumSet.of(DdlKind.CREATE_TABLE, DdlKind.DROP_TABLE) : EnumSet.of(DdlKind.CREATE_TABLE), List.of(table));
    }

    private static List<Touched> altered(TableStatement.Alter alter) {
        Set<DdlKind> kinds = EnumSet.noneOf(DdlKind.class);
        alter.clauses().forEach(clause -> kind(clause).ifPresent(kinds::add));
        List<Touched> parts = new ArrayList<>(each(kinds.isEmpty() ? Set.of(DdlKind.ALTER_TABLE) : kinds, List.of(alter.table())));
        if (!alter.after().equals(alter.table())) {
            parts.add(new Touched(DdlKind.RENAME_TABLE, alter.after()));
        }
        return parts;
    }

    private static Optional<DdlKind> kind(Clause clause) {
        return switch (clause) {
            case Clause.AddColumn _, Clause.ChangeColumn _, Clause.RenameColumn _, Clause.SetDefault _, Clause.DropDefault _,
                    Clause.ShowColumn _, Clause.AddForeignKey _, Clause.DropForeignKey _, Clause.AddCheck _, Clause.AddPeriod _,
                    Clause.DropConstraint _, Clause.Enforce _, Clause.Convert _, Clause.SetOption _, Clause.Partition _ ->
                Optional.of(DdlKind.ALTER_TABLE);
            case Clause.DropColumn _ -> Optional.of(DdlKind.DROP_COLUMN);
            case Clause.AddKey(KeyPart key, _) ->
                Optional.of(key.kind() == KeyPart.Kind.PRIMARY ? DdlKind.ALTER_TABLE : DdlKind.INDEX);
            case Clause.DropKey(String name, _) -> Optional.of(name.equalsIgnoreCase(PRIMARY) ? DdlKind.ALTER_TABLE : DdlKind.INDEX);
            case Clause.RenameKey _, Clause.ShowKey _ -> Optional.of(DdlKind.INDEX);
            case Clause.RenameTable _ -> Optional.of(DdlKind.RENAME_TABLE);
            case Clause.Nothing() -> Optional.empty();
        };
    }

    /** Told by the first words, where the rest is not understood. */
    private static Set<DdlKind> kinds(TokenCursor words) {
        if (words.accept("CREATE")) {
            boolean replace = words.accept("OR", "REPLACE");
            return !words.accept("TABLE") ? Set.of(DdlKind.INDEX)
                    : replace ? EnumSet.of(DdlKind.CREATE_TABLE, DdlKind.DROP_TABLE) : Set.of(DdlKind.CREATE_TABLE);
        }
        if (words.accept("DROP")) {
            return Set.of(words.accept("TABLE") || words.accept("TABLES") ? DdlKind.DROP_TABLE : DdlKind.INDEX);
        }
        return words.accept("RENAME") ? Set.of(DdlKind.RENAME_TABLE) : ANY_ALTERATION;
    }

    private static List<Touched> each(Set<DdlKind> kinds, List<TableId> tables) {
        return tables.stream().flatMap(table -> kinds.stream().sorted().map(kind -> new Touched(kind, table))).toList();
    }

    private static List<Touched> ofObjects(TokenCursor words, String database) {
        boolean drop = words.accept("DROP");
        for (int passed = 0; passed < WORDS_BEFORE_KIND_MAX && !words.atEnd(); passed++) {
            Optional<DdlKind> kind = objectKind(words.next().text(), drop);
            if (kind.isPresent()) {
                words.accept("BODY");
                boolean _ = words.accept("IF", "NOT", "EXISTS") || words.accept("IF", "EXISTS");
                return named(kind.get(), words, database);
            }
        }
        return List.of(new Touched(DdlKind.OTHER, new TableId(database, "")));
    }

    private static Optional<DdlKind> objectKind(String word, boolean drop) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "VIEW" -> Optional.of(DdlKind.VIEW);
            case "PROCEDURE", "FUNCTION", "PACKAGE" -> Optional.of(DdlKind.ROUTINE);
            case "TRIGGER" -> Optional.of(DdlKind.TRIGGER);
            case "EVENT" -> Optional.of(DdlKind.EVENT);
            case "SEQUENCE" -> Optional.of(DdlKind.SEQUENCE);
            case "DATABASE", "SCHEMA" -> Optional.of(drop ? DdlKind.DROP_DATABASE : DdlKind.DATABASE);
            default -> Optional.empty();
        };
    }

    /** Several names stand in DROP VIEW alone. */
    private static List<Touched> named(DdlKind kind, TokenCursor words, String database) {
        List<Touched> parts = new ArrayList<>();
        boolean ofDatabase = kind == DdlKind.DATABASE || kind == DdlKind.DROP_DATABASE;
        do {
            boolean unnamed = ofDatabase && DATABASE_OPTIONS.contains(words.peek().text().toUpperCase(Locale.ROOT));
            String first = unnamed || !words.peek().named() ? "" : words.next().value();
            boolean qualified = words.acceptSymbol('.');
            TableId object = ofDatabase ? new TableId(first.isEmpty() ? database : first, "")
                    : qualified ? new TableId(first, words.next().value()) : new TableId(database, first);
            parts.add(new Touched(kind, object));
        } while (words.acceptSymbol(','));
        return parts;
    }
}
