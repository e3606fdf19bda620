package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.Lexer;
import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.TokenCursor;
import java.util.Optional;

/**
 * What a statement says of the defaults of a database. Pure.
 *
 * @param charset   empty where it says none
 * @param collation empty where it says none
 */
public record DatabaseDefaults(Optional<String> charset, Optional<String> collation) {

    /** @param sql CREATE DATABASE or ALTER DATABASE */
    public static DatabaseDefaults read(String sql, boolean ansiQuotes, boolean backslashEscapes) {
        TokenCursor cursor = new TokenCursor(Lexer.logged(sql, ansiQuotes, backslashEscapes));
        Optional<String> charset = Optional.empty();
        Optional<String> collation = Optional.empty();
        while (!cursor.atEnd()) {
            if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET")) {
                charset = Optional.of(value(cursor)).filter(name -> !name.equalsIgnoreCase("DEFAULT"));
            } else if (cursor.accept("COLLATE")) {
                collation = Optional.of(value(cursor)).filter(name -> !name.equalsIgnoreCase("DEFAULT"));
            } else {
                cursor.next();
            }
        }
        return new DatabaseDefaults(charset, collation);
    }

    private static String value(TokenCursor cursor) {
        cursor.acceptSymbol('=');
        return cursor.next().value();
    }

    /** @param otherwise where it says nothing */
    public TableDefaults or(TableDefaults otherwise, ServerVersion server) {
        if (charset.isEmpty() && collation.isEmpty()) {
            return otherwise;
        }
        String set = charset.or(() -> collation.flatMap(Charsets::ofCollation)).orElse(otherwise.charset());
        String whole = collation.map(name -> Charsets.ofCollation(name).isPresent() ? name : set + "_" + name)
                .orElseGet(() -> Charsets.defaultCollation(set, server));
        return new TableDefaults(set, whole);
    }

    /** The text that {@link #read} reads. */
    public static String definition(String database, TableDefaults defaults) {
        return "CREATE DATABASE " + SqlNames.quote(database) + " DEFAULT CHARACTER SET " + defaults.charset() + " COLLATE "
                + defaults.collation();
    }
}
