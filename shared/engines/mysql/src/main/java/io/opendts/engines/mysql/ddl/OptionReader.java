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

    /** Written without an equals sign, another word is the beginning of what is no option: EXCHANGE PARTITION, IMPORT TABLESPACE. */
    private static final Set<String> OPTIONS = Set.of("AUTOEXTEND_SIZE", "AUTO_INCREMENT", "AVG_ROW_LENGTH", "CHARSET", "CHECKSUM",
            "COLLATE", "COMMENT", "COMPRESSION", "CONNECTION", "DATA DIRECTORY", "DELAY_KEY_WRITE", "ENCRYPTED", "ENCRYPTION",
            "ENCRYPTION_KEY_ID", "ENGINE", "ENGINE_ATTRIBUTE", "IETF_QUOTES", "INDEX DIRECTORY", "INSERT_METHOD", "KEY_BLOCK_SIZE",
            "MAX_ROWS", "MIN_ROWS", "PACK_KEYS", "PAGE_CHECKSUM", "PAGE_COMPRESSED", "PAGE_COMPRESSION_LEVEL", "PASSWORD", "ROW_FORMAT",
            "SECONDARY_ENGINE", "SECONDARY_ENGINE_ATTRIBUTE", "SEQUENCE", "STATS_AUTO_RECALC", "STATS_PERSISTENT", "STATS_SAMPLE_PAGES",
            "STORAGE", "TABLESPACE", "TABLE_CHECKSUM", "TRANSACTIONAL", "TYPE", "UNION");

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
        boolean unknown = !equals && !OPTIONS.contains(name);
        boolean bare = unknown || !equals && !value.named() && value.kind() != Token.Kind.STRING;
        if (value.symbol('(') && !unknown) {
            return new Clause.SetOption(name, cursor.group());
        }
        if (bare || !value.named() && value.kind() != Token.Kind.STRING) {
            throw ElementReader.unknown(cursor, "option " + name);
        }
        cursor.next();
        return new Clause.SetOption(name, List.of(lower ? Token.word(value.value().toLowerCase(Locale.ROOT)) : value));
    }
}
