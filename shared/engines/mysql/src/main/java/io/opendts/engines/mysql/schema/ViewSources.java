package io.opendts.engines.mysql.schema;

import io.opendts.model.TableId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables and views that a view reads, found in the text that servers print: every one stands behind FROM or JOIN and is
 * quoted; a name without a database is of the view's own; names of WITH clauses are none of them. Pure.
 */
final class ViewSources {

    private ViewSources() {}

    static List<TableId> of(String definition, String database) {
        List<Token> tokens = Lexer.stored(definition, "").stream().filter(t -> !t.blank()).toList();
        Set<String> named = named(tokens);
        List<TableId> found = new ArrayList<>();
        Deque<Boolean> queries = new ArrayDeque<>(List.of(false));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.symbol('(')) {
                queries.push(false);
            } else if (token.symbol(')') && queries.size() > 1) {
                queries.pop();
            } else if (token.is("SELECT")) {
                queries.pop();
                queries.push(true);
            } else if (token.is("FROM") && queries.peek() || token.is("JOIN") || token.is("STRAIGHT_JOIN")) {
                int at = i + 1;
                while (at < tokens.size() && tokens.get(at).symbol('(')) {
                    at++;
                }
                table(tokens, at, database, named, found);
            }
        }
        return found;
    }

    private static void table(List<Token> tokens, int at, String database, Set<String> named, List<TableId> found) {
        if (at >= tokens.size() || tokens.get(at).kind() != Token.Kind.NAME) {
            return;
        }
        String first = tokens.get(at).value();
        if (at + 2 < tokens.size() && tokens.get(at + 1).symbol('.')) {
            found.add(new TableId(first, tokens.get(at + 2).value()));
        } else if (!named.contains(first)) {
            found.add(new TableId(database, first));
        }
    }

    /** {@code WITH [RECURSIVE] `n` [(columns)] AS (...), `m` AS (...)}. */
    private static Set<String> named(List<Token> tokens) {
        Set<String> names = new HashSet<>();
        boolean with = false;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            with |= tokens.get(i).is("WITH");
            boolean starts = tokens.get(i + 1).is("AS") || tokens.get(i + 1).symbol('(');
            if (with && tokens.get(i).kind() == Token.Kind.NAME && starts) {
                names.add(tokens.get(i).value());
            }
        }
        return names;
    }
}
