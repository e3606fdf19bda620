package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.ddl.TableStatement.Renaming;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first words of a statement, and names. Grammar: dev.mysql.com "SQL Statements", "Data Definition Statements";
 * mariadb.com "Data Definition". One statement, one thread.
 */
final class StatementReader {

    private final TokenCursor cursor;
    private final WrittenUnder session;
    private final ClauseReader clauses;

    private StatementReader(TokenCursor cursor, WrittenUnder session) {
        this.cursor = cursor;
        this.session = session;
        this.clauses = new ClauseReader(cursor, session);
    }

    static StatementReader of(String sql, WrittenUnder session, boolean mariaDb) {
        return new StatementReader(StatementTokens.of(sql, session, mariaDb), session);
    }

    Optional<TableStatement> read() {
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
            TableId table = table();
            waiting();
            return whole(new TableStatement.Truncate(table));
        }
        return Optional.empty();
    }

    private Optional<TableStatement> create() {
        boolean replace = cursor.accept("OR", "REPLACE");
        if (cursor.accept("TABLE")) {
            boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
            TableId table = table();
            Optional<TableId> like = like();
            return whole(like.isPresent() ? new TableStatement.CreateLike(table, replace, unlessThere, like.get())
                    : new TableStatement.Create(table, replace, unlessThere, clauses.definition()));
        }
        boolean index = cursor.accept("INDEX");
        String kind = "";
        if (!index) {
            kind = cursor.next().text();
            index = cursor.accept("INDEX");
        }
        return index ? whole(indexOn(kind, replace)) : Optional.empty();
    }

    private Optional<TableId> like() {
        if (cursor.accept("LIKE")) {
            return Optional.of(table());
        }
        TokenCursor inside = new TokenCursor(cursor.ahead());
        if (inside.accept("LIKE")) {
            cursor.group();
            return Optional.of(new StatementReader(inside, session).table());
        }
        return Optional.empty();
    }

    private TableStatement indexOn(String kind, boolean replace) {
        boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
        ElementReader elements = clauses.elements();
        String name = cursor.next().value();
        List<Token> method = elements.method();
        if (!cursor.accept("ON")) {
            throw clauses.unknown("CREATE INDEX " + name);
        }
        TableId table = table();
        waiting();
        List<Clause> made = new ArrayList<>();
        if (replace) {
            made.add(new Clause.DropKey(name, true));
        }
        made.add(new Clause.AddKey(elements.key(elements.kind(kind), name, method), unlessThere));
        waiting();
        made.addAll(clauses.hints());
        return new TableStatement.Alter(table, false, made);
    }

    private Optional<TableStatement> alter() {
        boolean ordinary = true;
        while (ordinary) {
            ordinary = cursor.accept("ONLINE") || cursor.accept("OFFLINE") || cursor.accept("IGNORE");
        }
        if (!cursor.accept("TABLE")) {
            return Optional.empty();
        }
        boolean ifThere = cursor.accept("IF", "EXISTS");
        TableId table = table();
        waiting();
        return whole(new TableStatement.Alter(table, ifThere, clauses.alterations()));
    }

    private Optional<TableStatement> drop() {
        if (cursor.accept("TABLE") || cursor.accept("TABLES")) {
            boolean ifThere = cursor.accept("IF", "EXISTS");
            List<TableId> dropped = new ArrayList<>();
            do {
                dropped.add(table());
            } while (cursor.acceptSymbol(','));
            waiting();
            boolean _ = cursor.accept("RESTRICT") || cursor.accept("CASCADE");
            return whole(new TableStatement.Drop(dropped, ifThere));
        }
        if (!cursor.accept("INDEX")) {
            return Optional.empty();
        }
        boolean ifThere = cursor.accept("IF", "EXISTS");
        String name = cursor.next().value();
        if (!cursor.accept("ON")) {
            throw clauses.unknown("DROP INDEX " + name);
        }
        TableId table = table();
        waiting();
        List<Clause> dropped = new ArrayList<>(List.of(new Clause.DropKey(name, ifThere)));
        dropped.addAll(clauses.hints());
        return whole(new TableStatement.Alter(table, false, dropped));
    }

    private Optional<TableStatement> rename() {
        if (!cursor.accept("TABLE") && !cursor.accept("TABLES")) {
            return Optional.empty();
        }
        boolean ifThere = cursor.accept("IF", "EXISTS");
        List<Renaming> renamings = new ArrayList<>();
        do {
            TableId from = table();
            waiting();
            if (!cursor.accept("TO")) {
                throw clauses.unknown("RENAME TABLE " + from);
            }
            renamings.add(new Renaming(from, table()));
        } while (cursor.acceptSymbol(','));
        return whole(new TableStatement.Rename(renamings, ifThere));
    }

    /** How long a lock is waited for: nothing that is left to be done. */
    private void waiting() {
        if (cursor.accept("WAIT")) {
            cursor.next();
        } else {
            cursor.accept("NOWAIT");
        }
    }

    private TableId table() {
        return clauses.table();
    }

    private Optional<TableStatement> whole(TableStatement statement) {
        cursor.acceptSymbol(';');
        if (!cursor.atEnd()) {
            throw clauses.unknown("the statement");
        }
        return Optional.of(statement);
    }
}
