package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Options of a table and its partitions, as people write them. One statement, one thread. */
final class OptionReader {

    private static final Set<String> TWO_WORDS = Set.of("DATA DIRECTORY", "INDEX DIRECTORY", "START TRANSACTION");

    private final TokenCursor cursor;

    OptionReader(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** All of PARTITION BY, which is the last thing in its statement. */
    Optional<Clause> partition() {
        if (!cursor.peek().is("PARTITION")) {
            return Optional.empty();
        }
        List<Token> clause = new ArrayList<>(cursor.rest());
        while (!clause.isEmpty() && (clause.getLast().symbol(';') || clause.getLast().blank())) {
            clause.removeLast();
        }
        TokenCursor inside = new TokenCursor(clause);
        if (!inside.accept("PARTITION", "BY")) {
            throw ElementReader.unknown(inside, "ALTER TABLE");
        }
        return Optional.of(new Clause.Partition(List.copyOf(clause)));
    }

    /** Empty where no option begins. */
    Optional<Clause> next() {
        if (cursor.accept("WITH", "SYSTEM", "VERSIONING")) {
            return Optional.of(new Clause.SetOption("WITH SYSTEM VERSIONING", List.of()));
        }
        cursor.accept("DEFAULT");
        if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHAR", "SET") || cursor.accept("CHARSET")) {
            return Optional.of(valued("CHARSET", true));
        }
        if (cursor.accept("COLLATE")) {
            return Optional.of(valued("COLLATE", true));
        }
        if (!cursor.peek().word()) {
            return Optional.empty();
        }
        String name = cursor.next().text().toUpperCase(Locale.ROOT);
        if (TWO_WORDS.stream().anyMatch(two -> two.startsWith(name + " "))) {
            String both = name + " " + cursor.next().text().toUpperCase(Locale.ROOT);
            return Optional.of(both.equals("START TRANSACTION") ? new Clause.Nothing() : valued(both, false));
        }
        return Optional.of(valued(name, false));
    }

    private Clause valued(String name, boolean lower) {
        boolean equals = cursor.acceptSymbol('=');
        Token value = cursor.peek();
        boolean bare = !equals && !value.named() && value.kind() != Token.Kind.STRING;
        if (value.symbol('(')) {
            return new Clause.SetOption(name, cursor.group());
        }
        if (bare || !value.named() && value.kind() != Token.Kind.STRING) {
            throw ElementReader.unknown(cursor, "option " + name);
        }
        cursor.next();
        return new Clause.SetOption(name, List.of(lower ? Token.word(value.value().toLowerCase(Locale.ROOT)) : value));
    }
}
