package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyColumn;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys, foreign keys and checks of a table under ALTER TABLE, with the names that servers give. One statement, one thread. */
final class ChangedKeys {

    private static final Pattern ACTION = Pattern.compile(" ON (DELETE|UPDATE) (CASCADE|SET NULL|SET DEFAULT|RESTRICT|NO ACTION)");

    private final TableId before;
    private final TableId table;
    private final SourceServer server;
    private final ChangedColumns columns;
    private final List<KeyPart> keysBefore;
    private final List<ForeignKeyPart> foreignKeysBefore;
    private final String engine;
    private final boolean made;
    private boolean mayBuild;
    private final List<KeyPart> keys = new ArrayList<>();
    private final List<ForeignKeyPart> foreignKeys = new ArrayList<>();
    private final List<CheckPart> checks = new ArrayList<>();

    /** @param engine of the table afterwards */
    ChangedKeys(TableId before, TableId after, SourceServer server, ChangedColumns columns, TableDefinition old, String engine) {
        this.before = before;
        this.table = after;
        this.server = server;
        this.columns = columns;
        this.keysBefore = old.keys();
        this.foreignKeysBefore = old.foreignKeys();
        this.engine = engine;
        this.made = old.columns().isEmpty();
        keys.addAll(old.keys());
        foreignKeys.addAll(old.foreignKeys());
        old.elements().stream().filter(CheckPart.class::isInstance).forEach(check -> checks.add((CheckPart) check));
    }

    List<ColumnPart> columns() {
        return columns.now();
    }

    List<KeyPart> keys() {
        return keys;
    }

    List<ForeignKeyPart> foreignKeys() {
        return foreignKeys;
    }

    List<CheckPart> checks() {
        return checks;
    }

    void apply(List<Clause> clauses) {
        mayBuild = clauses.stream().anyMatch(c -> !(c instanceof Clause.AddForeignKey || c instanceof Clause.DropForeignKey));
        clauses.forEach(this::remove);
        keys.replaceAll(this::followColumns);
        keys.removeIf(key -> key.columns().isEmpty());
        foreignKeys.replaceAll(this::followColumns);
        checks.removeIf(check -> !server.version().mariaDb() && onlyOfGone(check));
        checks.replaceAll(check -> new CheckPart(check.name(), columns.renamed(check.expression()), check.enforced()));
        if (!before.equals(table)) {
            followTable();
        }
        rename(clauses);
        clauses.forEach(this::change);
        columns.written().forEach(column -> column.key().ifPresent(this::add));
        clauses.stream().filter(Clause.AddKey.class::isInstance).forEach(this::add);
        clauses.forEach(this::addConstraint);
        keys.replaceAll(key -> KeyForm.ofEngine(KeyForm.fitted(key, columns.now()), engine, server.version()));
        keys.stream().filter(key -> key.kind() == KeyPart.Kind.PRIMARY).flatMap(key -> key.columns().stream())
                .flatMap(part -> part.column().stream()).toList().forEach(columns::notNull);
    }

    private void remove(Clause clause) {
        if (clause instanceof Clause.DropKey(String name, boolean ifThere)) {
            removeFrom(keys, key -> key.name().equalsIgnoreCase(name), ifThere, name);
        } else if (clause instanceof Clause.DropForeignKey(String name, boolean ifThere)) {
            removeFrom(foreignKeys, key -> key.name().equalsIgnoreCase(name), ifThere, name);
        } else if (clause instanceof Clause.DropConstraint(String name, boolean check, boolean ifThere)) {
            constraint(name, check, ifThere);
        }
    }

    private void constraint(String name, boolean check, boolean ifThere) {
        boolean found = checks.removeIf(c -> c.name().equalsIgnoreCase(name))
                || !check && (foreignKeys.removeIf(k -> k.name().equalsIgnoreCase(name))
                || keys.removeIf(k -> k.unique() && k.name().equalsIgnoreCase(name)));
        if (!found && !ifThere && server.checks()) {
            throw new NotUnderstood("the table has no constraint " + name);
        }
    }

    private static <T> void removeFrom(List<T> parts, Predicate<T> meant, boolean ifThere, String name) {
        if (!parts.removeIf(meant) && !ifThere) {
            throw new NotUnderstood("the table has no key " + name);
        }
    }

    private KeyPart followColumns(KeyPart key) {
        List<KeyColumn> parts = key.columns().stream().filter(part -> part.column().filter(columns::gone).isEmpty())
                .map(part -> new KeyColumn(part.column().map(columns::renamed),
                        part.column().isEmpty() ? columns.renamed(part.tokens()) : part.tokens())).toList();
        return new KeyPart(key.kind(), key.name(), parts, key.suffix());
    }

    private ForeignKeyPart followColumns(ForeignKeyPart key) {
        boolean self = key.parent().equals(before.name()) && key.database().map(before.database()::equals).orElse(true);
        String parent = self ? table.database() : key.database().orElse(before.database());
        return new ForeignKeyPart(key.name(), key.columns().stream().map(columns::renamed).toList(),
                parent.equals(table.database()) ? Optional.empty() : Optional.of(parent), self ? table.name() : key.parent(),
                self ? key.parentColumns().stream().map(columns::renamed).toList() : key.parentColumns(), key.actions());
    }

    private boolean onlyOfGone(CheckPart check) {
        List<String> names = check.expression().stream().filter(t -> t.kind() == Token.Kind.NAME).map(Token::value).distinct().toList();
        return !names.isEmpty() && names.stream().allMatch(columns::gone);
    }

    /** Names that the server had made of the table's own are made anew. */
    private void followTable() {
        foreignKeys.replaceAll(key -> new ForeignKeyPart(generated(key.name(), "_ibfk_"), key.columns(), key.database(), key.parent(),
                key.parentColumns(), key.actions()));
        checks.replaceAll(check -> new CheckPart(generated(check.name(), "_chk_"), check.expression(), check.enforced()));
    }

    private String generated(String name, String mark) {
        String beginning = before.name() + mark;
        boolean counted = name.startsWith(beginning) && name.substring(beginning.length()).matches("\\d+");
        return counted ? table.name() + mark + name.substring(beginning.length()) : name;
    }

    /** All at once, by the names in front of the statement. */
    private void rename(List<Clause> clauses) {
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Clause clause : clauses) {
            if (clause instanceof Clause.RenameKey(String name, String to, boolean ifThere)) {
                boolean found = keys.stream().anyMatch(key -> key.name().equalsIgnoreCase(name));
                if (!found && !ifThere || names.putIfAbsent(name, to) != null) {
                    throw new NotUnderstood("the table has no key " + name);
                }
            }
        }
        keys.replaceAll(key -> new KeyPart(key.kind(), names.getOrDefault(key.name(), key.name()), key.columns(), key.suffix()));
    }

    private void change(Clause clause) {
        if (clause instanceof Clause.ShowKey(String name, String word)) {
            keys.replaceAll(key -> key.name().equalsIgnoreCase(name) ? shown(key, word) : key);
        } else if (clause instanceof Clause.Enforce(String name, boolean enforced)) {
            checks.replaceAll(c -> c.name().equalsIgnoreCase(name) ? new CheckPart(c.name(), c.expression(), enforced) : c);
        }
    }

    private static KeyPart shown(KeyPart key, String word) {
        List<Token> suffix = new ArrayList<>();
        TokenCursor cursor = new TokenCursor(key.suffix());
        while (!cursor.atEnd()) {
            if (!cursor.accept("INVISIBLE") && !cursor.accept("IGNORED")) {
                suffix.add(Token.SPACE);
                suffix.add(cursor.next());
            }
        }
        if (!word.isEmpty()) {
            suffix.add(Token.SPACE);
            suffix.add(Token.word(word));
        }
        return new KeyPart(key.kind(), key.name(), key.columns(), List.copyOf(suffix));
    }

    /** In the order in which they are written: they are counted so. */
    private void addConstraint(Clause clause) {
        if (clause instanceof Clause.AddColumn(WrittenColumn column, _, _)) {
            columns.written().stream().filter(made -> made == column).forEach(this::own);
        } else if (clause instanceof Clause.ChangeColumn(_, WrittenColumn column, _, _)) {
            columns.written().stream().filter(made -> made == column).forEach(this::own);
        } else if (!(clause instanceof Clause.AddKey)) {
            add(clause);
        }
    }

    /** What stands behind a column besides its key: checks count on MySQL, references on newer servers. */
    private void own(WrittenColumn column) {
        for (Clause constraint : column.constraints()) {
            boolean check = constraint instanceof Clause.AddCheck;
            if (check ? !server.version().mariaDb() : server.inlineReferences()) {
                add(constraint);
            }
        }
    }

    private void add(Clause clause) {
        if (clause instanceof Clause.AddKey(KeyPart key, boolean unlessThere)) {
            boolean there = Stream.concat(keys.stream(), keysBefore.stream()).anyMatch(k -> k.name().equalsIgnoreCase(key.name()));
            if (!there || !unlessThere) {
                add(key.name().isEmpty() ? new KeyPart(key.kind(), unused(key), key.columns(), key.suffix()) : key);
            }
        } else if (clause instanceof Clause.AddForeignKey(ForeignKeyPart key, String keyName, boolean unlessThere)) {
            add(key, keyName, unlessThere);
        } else if (clause instanceof Clause.AddPeriod(PeriodPart period)) {
            period.tokens().stream().filter(Token::named).map(Token::value).forEach(columns::notNull);
        } else if (clause instanceof Clause.AddCheck(CheckPart check, _) && server.checks()) {
            checks.add(check.name().isEmpty() ? new CheckPart(unusedCheck(), check.expression(), check.enforced()) : check);
        }
    }

    private void add(KeyPart key) {
        keys.stream().filter(old -> serves(key, columnsOf(old))).forEach(this::refuseGenerated);
        List<KeyColumn> parts = key.columns().stream().map(part -> new KeyColumn(part.column().map(this::spelled),
                server.descending() ? part.tokens() : part.tokens().stream().filter(t -> !t.blank() && !t.is("DESC")).toList())).toList();
        keys.add(key.kind() == KeyPart.Kind.PRIMARY ? 0 : keys.size(), new KeyPart(key.kind(), key.name(), parts, key.suffix()));
    }

    /** A column's name as the table has it: statements may write it in any case. */
    private String spelled(String name) {
        return columns.now().stream().map(ColumnPart::name).filter(name::equalsIgnoreCase).findFirst()
                .orElseThrow(() -> new NotUnderstood("the table has no column " + name));
    }

    private String unused(KeyPart key) {
        String wanted = key.columns().getFirst().column().map(this::spelled).orElse("functional_index");
        String name = wanted;
        for (int i = 2; taken(name); i++) {
            name = KeyForm.numbered(wanted, i, server.version());
        }
        return name;
    }

    private boolean taken(String name) {
        return name.equalsIgnoreCase("PRIMARY") || keys.stream().anyMatch(key -> key.name().equalsIgnoreCase(name));
    }

    private void add(ForeignKeyPart key, String keyName, boolean unlessThere) {
        if (unlessThere && foreignKeys.stream().anyMatch(k -> k.name().equalsIgnoreCase(key.name()))) {
            return;
        }
        if (key.parentColumns().isEmpty()) {
            throw new NotUnderstood("REFERENCES without columns");
        }
        String wanted = server.foreignKeyName(key.name(), keyName, made);
        String name = wanted.isEmpty() ? numberedForeignKey() : wanted;
        List<String> from = key.columns().stream().map(this::spelled).toList();
        boolean elsewhere = !key.database().map(table.database()::equals).orElse(true);
        foreignKeys.add(new ForeignKeyPart(name, from, elsewhere ? key.database() : Optional.empty(), key.parent(), key.parentColumns(),
                printed(key.actions())));
        String wantedKey = key.name().isEmpty() ? keyName : key.name();
        if (keys.stream().filter(keysBefore::contains).filter(old -> columnsOf(old).equals(from))
                .anyMatch(old -> KeyForm.perhapsReplaced(old, foreignKeysBefore, wantedKey))) {
            throw new NotUnderstood("whether an index was made for a foreign key, and another takes its place");
        }
        if (keys.stream().noneMatch(k -> serves(k, from))) {
            KeyPart own = new KeyPart(KeyPart.Kind.PLAIN, wantedKey,
                    from.stream().map(c -> new KeyColumn(Optional.of(c), List.of())).toList(), List.of());
            add(own.name().isEmpty() ? new KeyPart(own.kind(), unused(own), own.columns(), own.suffix()) : own);
        }
    }

    /** MySQL counts those that go in the same statement too. Others begin anew where they build the table anew, which is not told. */
    private String numberedForeignKey() {
        List<String> there = new ArrayList<>(foreignKeys.stream().map(ForeignKeyPart::name).toList());
        boolean counted = server.version().mySqlFrom(80000);
        if (counted) {
            there.addAll(foreignKeysBefore.stream().map(ForeignKeyPart::name).toList());
        }
        String name = numbered(there, "_ibfk_");
        if (!counted && mayBuild && !name.equals(table.name() + "_ibfk_1") && !made) {
            throw new NotUnderstood("the name of a foreign key of " + table);
        }
        return name;
    }

    private void refuseGenerated(KeyPart key) {
        if (keysBefore.contains(key) && KeyForm.perhapsGenerated(key, foreignKeysBefore)) {
            throw new NotUnderstood("whether index " + key.name() + " was made for a foreign key, and goes now");
        }
    }

    private static List<String> columnsOf(KeyPart key) {
        return key.columns().stream().flatMap(part -> part.column().stream()).toList();
    }

    private static boolean serves(KeyPart key, List<String> columns) {
        boolean ordered = key.kind() == KeyPart.Kind.PRIMARY || key.kind() == KeyPart.Kind.UNIQUE || key.kind() == KeyPart.Kind.PLAIN;
        return ordered && key.columns().size() >= columns.size() && key.columns().subList(0, columns.size()).stream()
                .allMatch(KeyColumn::whole) && key.columns().subList(0, columns.size()).stream().map(c -> c.column().orElseThrow()).toList()
                .equals(columns);
    }

    /** In the server's order; what a foreign key does without saying so is not printed. */
    private List<Token> printed(List<Token> actions) {
        String silent = server.version().mySqlFrom(80000) ? "NO ACTION" : "RESTRICT";
        StringBuilder out = new StringBuilder();
        for (String event : List.of("DELETE", "UPDATE")) {
            Matcher matcher = ACTION.matcher(Token.text(actions));
            while (matcher.find()) {
                if (matcher.group(1).equals(event) && !matcher.group(2).equals(silent)) {
                    out.append(matcher.group());
                }
            }
        }
        List<Token> tokens = new ArrayList<>();
        for (String word : out.toString().strip().split(" ")) {
            if (!word.isEmpty()) {
                tokens.addAll(tokens.isEmpty() ? List.of(Token.word(word)) : List.of(Token.SPACE, Token.word(word)));
            }
        }
        return List.copyOf(tokens);
    }

    private String unusedCheck() {
        List<String> there = checks.stream().map(CheckPart::name).toList();
        if (!server.version().mariaDb()) {
            return numbered(there, "_chk_");
        }
        int n = 1;
        while (there.contains("CONSTRAINT_" + n)) {
            n++;
        }
        return "CONSTRAINT_" + n;
    }

    /** One more than the highest number that is there. */
    private String numbered(List<String> there, String mark) {
        String beginning = table.name() + mark;
        long highest = there.stream().filter(name -> name.startsWith(beginning) && name.substring(beginning.length()).matches("\\d{1,9}"))
                .mapToLong(name -> Long.parseLong(name.substring(beginning.length()))).max().orElse(0);
        return beginning + (highest + 1);
    }
}
