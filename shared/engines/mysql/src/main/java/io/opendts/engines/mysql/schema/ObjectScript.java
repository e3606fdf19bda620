package io.opendts.engines.mysql.schema;

import io.opendts.model.SchemaObject;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a view, routine, trigger, event or sequence is made on a target.
 *
 * @param source    its name on the source
 * @param sqlMode   of the session while it is made
 * @param timeZone  of the session while it is made; empty when it does not matter
 * @param collation of the session while it is made, which decides what literals are; empty when it does not matter
 * @param enable    lets an event run that is made disabled; empty for what is not to run. To be run in the same session settings as
 *                  {@code create}: ALTER EVENT writes the session's mode, collation and user over those of the event
 */
record ObjectScript(SchemaObject.Kind kind, TableId source, TableId target, String create, String sqlMode, Optional<String> timeZone,
                    Optional<String> collation, Optional<String> enable, List<String> notes, List<TableScript.Problem> problems) {

    /** {@link CatalogReader} puts an event's time zone, which its text does not tell, in front of the text. */
    private static final Pattern TIME_ZONE = Pattern.compile("^/\\*time_zone=([^*]*)\\*/ ");
    /** Modes that newer MySQL servers no longer know, and that never change what a body does. */
    private static final Set<String> HARMLESS = Set.of("NO_AUTO_CREATE_USER", "NO_FIELD_OPTIONS", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS",
            "MYSQL323", "MYSQL40");
    /** Modes of one family that change little: left out on the other, with a note. */
    private static final Set<String> FAMILY = Set.of("TIME_ROUND_FRACTIONAL", "TIME_TRUNCATE_FRACTIONAL", "IGNORE_BAD_TABLE_OPTIONS");
    private static final Set<String> REMOVED = Set.of("DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL");
    private static final Set<String> MARIADB_ONLY = Set.of("EMPTY_STRING_IS_NULL", "SIMULTANEOUS_ASSIGNMENT");

    static String withTimeZone(String timeZone, String definition) {
        return "/*time_zone=" + timeZone + "*/ " + definition;
    }

    /**
     * @param target  the object's database and name there
     * @param names   that objects have on the target
     * @param table   where a trigger hangs on the target
     * @param guarded whether a trigger does nothing in sessions that set {@code @opendts}
     */
    static ObjectScript of(SchemaObject object, TableId target, ObjectNames names, Optional<TableId> table, boolean guarded,
                           Dialect dialect) {
        Matcher zone = TIME_ZONE.matcher(object.definition());
        boolean zoned = zone.find();
        String definition = zoned ? object.definition().substring(zone.end()) : object.definition();
        String name = object.id().toString();
        boolean ansi = object.sqlMode().toUpperCase(Locale.ROOT).contains("ANSI");
        List<Token> tokens = definer(name, Lexer.stored(definition, object.sqlMode()), dialect);
        int kindAt = kindAt(tokens, object.kind());
        NameAt named = named(tokens, kindAt + 1);
        List<Token> text = tokens.subList(named.end, tokens.size());
        List<Token> body = object.kind() == SchemaObject.Kind.VIEW
                ? ViewNames.mapped(names, object.id(), target.database(), text, dialect.findings())
                : names.body(object, text, dialect.findings());
        if (object.kind() == SchemaObject.Kind.TRIGGER) {
            body = trigger(body, table.orElseThrow(), guarded, ansi);
        }
        boolean enabled = object.kind() == SchemaObject.Kind.EVENT && disable(body, dialect);
        String head = Token.text(tokens.subList(0, kindAt + 1)) + ' ' + quoted(target, ansi);
        String create = head + Token.text(dialect.expression(name, body, Map.of()));
        Optional<String> enable = enabled ? Optional.of(head.replaceFirst("(?i)^\\s*CREATE\\b", "ALTER") + " ENABLE") : Optional.empty();
        Optional<String> collation = Optional.ofNullable(object.settings().get(ObjectReader.COLLATION))
                .map(c -> dialect.collation(name, c));
        Optional.ofNullable(object.settings().get(ObjectReader.FORMER_DEFAULT)).ifPresent(former -> dialect.findings().note(name,
                "what in it has no collation of its own has " + former + ", which was the default of its database when it was made;"
                        + " on the target it gets the present default"));
        return new ObjectScript(object.kind(), object.id(), target, create, sqlMode(object, dialect),
                zoned ? Optional.of(zone.group(1)) : Optional.empty(), collation, enable, dialect.findings().notes(),
                dialect.findings().problems());
    }

    /** As information_schema.ROUTINES has it; MariaDB's packages come as procedures. */
    String routineType() {
        String head = create.substring(0, create.indexOf('.')).toUpperCase(Locale.ROOT);
        return head.contains(" PACKAGE BODY ") ? "PACKAGE BODY" : head.contains(" PACKAGE ") ? "PACKAGE" : kind.name();
    }

    private record NameAt(int end) {}

    private static String quoted(TableId id, boolean ansi) {
        return ansi ? '"' + id.database().replace("\"", "\"\"") + "\".\"" + id.name().replace("\"", "\"\"") + '"' : SqlNames.quote(id);
    }

    /** Drops {@code DEFINER=user@host} where the target has no such account: the task's own then becomes the definer. */
    private static List<Token> definer(String object, List<Token> tokens, Dialect dialect) {
        int from = 0;
        while (from < tokens.size() && !tokens.get(from).is("DEFINER")) {
            from++;
        }
        int equals = skipBlanks(tokens, from + 1);
        if (equals >= tokens.size() || !tokens.get(equals).symbol('=')) {
            return tokens;
        }
        int end = skipBlanks(tokens, equals + 1) + 1;
        String account = tokens.get(end - 1).value() + '@';
        int at = skipBlanks(tokens, end);
        if (at < tokens.size() && tokens.get(at).symbol('@')) {
            end = skipBlanks(tokens, at + 1) + 1;
            account += tokens.get(end - 1).value();
        }
        if (dialect.target().definers().contains(account)) {
            return tokens;
        }
        dialect.findings().note(object, "its definer " + account + " is no account of the target that the task may name:"
                + " the task's own account becomes the definer");
        List<Token> out = new ArrayList<>(tokens.subList(0, from));
        out.addAll(tokens.subList(skipBlanks(tokens, end), tokens.size()));
        return out;
    }

    private static int skipBlanks(List<Token> tokens, int from) {
        int at = from;
        while (at < tokens.size() && tokens.get(at).blank()) {
            at++;
        }
        return at;
    }

    private static int kindAt(List<Token> tokens, SchemaObject.Kind kind) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("PACKAGE")) {
                int next = skipBlanks(tokens, i + 1);
                return tokens.get(next).is("BODY") ? next : i;
            }
            if (tokens.get(i).is(kind.name())) {
                return i;
            }
        }
        throw new IllegalArgumentException("no " + kind + " in " + Token.text(tokens));
    }

    /** Steps over {@code [IF NOT EXISTS] [database .] name}. */
    private static NameAt named(List<Token> tokens, int from) {
        int at = skipBlanks(tokens, from);
        if (tokens.get(at).is("IF")) {
            at = skipBlanks(tokens, skipBlanks(tokens, skipBlanks(tokens, at + 1) + 1) + 1);
        }
        int next = skipBlanks(tokens, at + 1);
        return next < tokens.size() && tokens.get(next).symbol('.') ? new NameAt(skipBlanks(tokens, next + 1) + 1) : new NameAt(at + 1);
    }

    /** Everything from the trigger's time on: the table replaced, the order among triggers dropped, the body guarded. */
    private static List<Token> trigger(List<Token> tokens, TableId table, boolean guarded, boolean ansi) {
        int on = 0;
        while (!tokens.get(on).is("ON")) {
            on++;
        }
        int at = named(tokens, on + 1).end;
        at = skipBlanks(tokens, at);
        for (String word : List.of("FOR", "EACH", "ROW")) {
            if (tokens.get(at).is(word)) {
                at = skipBlanks(tokens, at + 1);
            }
        }
        if (tokens.get(at).is("FOLLOWS") || tokens.get(at).is("PRECEDES")) {
            at = skipBlanks(tokens, skipBlanks(tokens, at + 1) + 1);
        }
        List<Token> out = new ArrayList<>(tokens.subList(0, on));
        out.add(Token.word("ON " + quoted(table, ansi) + " FOR EACH ROW "));
        if (guarded) {
            out.add(Token.word("IF @opendts IS NULL THEN\n"));
        }
        out.addAll(tokens.subList(at, tokens.size()));
        if (guarded) {
            out.add(Token.word("\n;\nEND IF"));
        }
        return out;
    }

    /** Makes an event that does not run yet; true when the source's does. */
    private static boolean disable(List<Token> body, Dialect dialect) {
        for (int i = 0; i < body.size() && !body.get(i).is("DO"); i++) {
            if (body.get(i).is("ENABLE")) {
                body.set(i, Token.word("DISABLE"));
                return true;
            }
            if (body.get(i).is("DISABLE")) {
                onReplica(body, i, dialect);
                return false;
            }
        }
        return false;
    }

    /** DISABLE ON SLAVE has another name from MySQL 8.4 on, which the older servers do not know. */
    private static void onReplica(List<Token> body, int disable, Dialect dialect) {
        int on = skipBlanks(body, disable + 1);
        int who = skipBlanks(body, on + 1);
        if (who < body.size() && body.get(on).is("ON") && (body.get(who).is("SLAVE") || body.get(who).is("REPLICA"))) {
            body.set(who, Token.word(dialect.target().version().mySqlFrom(80400) ? "REPLICA" : "SLAVE"));
        }
    }

    private static String sqlMode(SchemaObject object, Dialect dialect) {
        ServerVersion target = dialect.target().version();
        return Arrays.stream(object.sqlMode().split(",")).map(String::strip).filter(mode -> !mode.isEmpty()).filter(mode -> {
            if (!target.mySqlFrom(80000) && dialect.sameFamily()) {
                return true;
            }
            if (REMOVED.contains(mode) && target.mySqlFrom(80000) || MARIADB_ONLY.contains(mode) && !target.mariaDb()) {
                dialect.findings().problem(object.id().toString(), "sql_mode " + mode + " is unknown to " + target);
                return false;
            }
            if (FAMILY.contains(mode) && !dialect.sameFamily()) {
                dialect.findings().note(object.id().toString(), "sql_mode " + mode + " is left out: unknown to " + target);
                return false;
            }
            return !HARMLESS.contains(mode);
        }).collect(Collectors.joining(","));
    }
}
