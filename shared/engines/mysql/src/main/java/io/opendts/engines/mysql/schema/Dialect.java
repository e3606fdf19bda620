package io.opendts.engines.mysql.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Carries pieces of SQL from one server's dialect to another's: character sets, collations and column names, wherever they
 * stand. Everything else stays as it is. Pure but for the findings.
 *
 * @param databases names that stand before a point in expressions of tables, and what they become
 */
record Dialect(ServerVersion source, TargetFacts target, Findings findings, Map<String, String> databases) {

    /** MySQL has CHECK constraints that work from here on; before, it reads and forgets them. */
    static final int MYSQL_CHECKS = 80016;
    /** MySQL has DEFAULT (expression) and functional index parts from here on. */
    static final int MYSQL_EXPRESSIONS = 80013;
    static final int MYSQL_INVISIBLE_COLUMNS = 80023;
    static final int MARIADB_INVISIBLE_COLUMNS = 100303;
    static final int MARIADB_IGNORED_INDEXES = 100600;
    static final int MYSQL_VECTOR = 90000;
    static final int MARIADB_VECTOR = 110700;

    boolean toMariaDb() {
        return target.version().mariaDb();
    }

    boolean sameFamily() {
        return source.mariaDb() == target.version().mariaDb();
    }

    boolean hasExpressions() {
        return toMariaDb() || target.version().mySqlFrom(MYSQL_EXPRESSIONS);
    }

    String charset(String object, String charset) {
        return Collations.charset(charset, target).orElseGet(() -> {
            findings.problem(object, "character set " + charset + " is unknown to " + target.version());
            return charset;
        });
    }

    String collation(String object, String collation) {
        String nearest = Collations.nearest(collation, target).orElse(null);
        if (nearest == null) {
            findings.problem(object, "collation " + collation + " has no counterpart on " + target.version()
                    + ": map it by `collations` in the task file");
            return collation;
        }
        if (!Collations.sameMeaning(collation, nearest)) {
            findings.note(object, "collation " + collation + " becomes " + nearest);
        }
        return nearest;
    }

    /** An expression over columns; {@code columns} maps quoted names of the source to those of the target. */
    List<Token> expression(String object, List<Token> tokens, Map<String, String> columns) {
        List<Token> out = new ArrayList<>(tokens.size());
        String before = "";
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean literalNext = i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.STRING;
            boolean qualifier = i + 1 < tokens.size() && tokens.get(i + 1).symbol('.') && !before.equals(".");
            if (token.kind() == Token.Kind.NAME && qualifier && databases.containsKey(token.value())) {
                out.add(Token.name(databases.get(token.value())));
            } else if (token.kind() == Token.Kind.NAME && columns.containsKey(token.value())) {
                out.add(Token.name(columns.get(token.value())));
            } else if (literalNext && toMariaDb() && token.is("_utf8mb4") && tokens.get(i + 1).text().contains("\\")) {
                // MariaDB stores such a default as a text that it cannot read again; the session's character set is the same
                before = "";
                continue;
            } else if (token.word() && token.text().startsWith("_") && literalNext) {
                out.add(Token.word("_" + charset(object, token.text().substring(1))));
            } else if (token.word() && before.equals("COLLATE")) {
                out.add(Token.word(collation(object, token.text())));
            } else if (token.word() && (before.equals("CHARSET") || before.equals("CHARACTER SET") || before.equals("USING"))) {
                out.add(Token.word(Collations.charset(token.text(), target).orElse(token.text())));
            } else {
                out.add(token);
            }
            if (!token.blank()) {
                String word = token.text().toUpperCase(Locale.ROOT);
                before = before.equals("CHARACTER") && word.equals("SET") ? "CHARACTER SET" : word;
            }
        }
        return out;
    }

    /** Whether a quoted name of the tokens is one of the given. */
    static boolean mentions(List<Token> tokens, Set<String> names) {
        return tokens.stream().anyMatch(t -> t.kind() == Token.Kind.NAME && names.contains(t.value()));
    }
}
