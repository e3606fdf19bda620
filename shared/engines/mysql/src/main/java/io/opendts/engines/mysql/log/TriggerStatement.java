package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.schema.Lexer;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.TableId;
import java.util.Optional;

/**
 * A statement that makes or drops a trigger. Pure.
 *
 * @param table that it stands on; empty of one that is dropped
 */
record TriggerStatement(TableId trigger, Optional<TableId> table) {

    /** Empty for every other statement. */
    static Optional<TriggerStatement> of(QueryEvent query) {
        TokenCursor cursor = new TokenCursor(Lexer.logged(query.sql(), query.session().ansiQuotes(), query.session().backslashEscapes()));
        if (cursor.accept("DROP", "TRIGGER")) {
            cursor.accept("IF", "EXISTS");
            return name(cursor, query.database()).map(trigger -> new TriggerStatement(trigger, Optional.empty()));
        }
        if (!cursor.accept("CREATE")) {
            return Optional.empty();
        }
        cursor.accept("OR", "REPLACE");
        if (cursor.accept("DEFINER")) {
            while (!cursor.atEnd() && !cursor.peek().is("TRIGGER")) {
                cursor.next();
            }
        }
        if (!cursor.accept("TRIGGER")) {
            return Optional.empty();
        }
        cursor.accept("IF", "NOT", "EXISTS");
        Optional<TableId> trigger = name(cursor, query.database());
        while (!cursor.atEnd() && !cursor.accept("ON")) {
            cursor.next();
        }
        Optional<TableId> table = name(cursor, query.database());
        return trigger.isPresent() && table.isPresent() ? Optional.of(new TriggerStatement(trigger.get(), table)) : Optional.empty();
    }

    private static Optional<TableId> name(TokenCursor cursor, String database) {
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
