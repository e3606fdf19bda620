package io.opendts.engines.mysql.schema;

import java.util.ArrayList;
import java.util.List;

/** Reads through tokens, past blanks. One thread. */
public final class TokenCursor {

    private final List<Token> tokens;
    private int at;

    public TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    private void skipBlanks() {
        while (at < tokens.size() && tokens.get(at).blank()) {
            at++;
        }
    }

    public boolean atEnd() {
        skipBlanks();
        return at >= tokens.size();
    }

    /** Without taking it; a blank at the end. */
    public Token peek() {
        return atEnd() ? Token.SPACE : tokens.get(at);
    }

    /** The one behind the next one; a blank where there is none. */
    public Token second() {
        int from = at;
        next();
        Token second = peek();
        at = from;
        return second;
    }

    /** Whether nothing, not even a blank, stands between the token taken last and the next one. */
    public boolean touches() {
        return at < tokens.size() && !tokens.get(at).blank();
    }

    /** What is inside of the parenthesis that is next, without taking it; empty where none is. */
    public List<Token> ahead() {
        int from = at;
        List<Token> group = group();
        at = from;
        return group.isEmpty() ? group : group.subList(1, group.size() - 1);
    }

    public Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** Takes the words if all of them are next, in this order. */
    public boolean accept(String... words) {
        int from = at;
        for (String word : words) {
            if (!peek().is(word)) {
                at = from;
                return false;
            }
            at++;
        }
        return true;
    }

    public boolean acceptSymbol(char symbol) {
        if (peek().symbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    /** A parenthesis with all that is in it, both brackets included; empty where none is next. */
    public List<Token> group() {
        if (!peek().symbol('(')) {
            return List.of();
        }
        int from = at;
        int depth = 0;
        do {
            depth += tokens.get(at).symbol('(') ? 1 : tokens.get(at).symbol(')') ? -1 : 0;
            at++;
        } while (depth > 0 && at < tokens.size());
        return List.copyOf(tokens.subList(from, at));
    }

    /** One value, up to the next blank outside of brackets: {@code 1.5}, {@code b'1'}, {@code f(a, b)}, {@code 'x'}. */
    List<Token> value() {
        skipBlanks();
        int from = at;
        while (at < tokens.size() && !tokens.get(at).blank()) {
            if (tokens.get(at).symbol('(')) {
                group();
            } else {
                at++;
            }
        }
        return List.copyOf(tokens.subList(from, at));
    }

    /** What is left, without blanks around it. */
    public List<Token> rest() {
        skipBlanks();
        int end = tokens.size();
        while (end > at && tokens.get(end - 1).blank()) {
            end--;
        }
        List<Token> rest = List.copyOf(tokens.subList(Math.min(at, end), end));
        at = tokens.size();
        return rest;
    }

    /** Cuts what is inside a parenthesis at its commas. */
    public static List<List<Token>> items(List<Token> group) {
        List<List<Token>> items = new ArrayList<>();
        List<Token> item = new ArrayList<>();
        int depth = 0;
        for (Token token : group.subList(1, group.size() - 1)) {
            depth += token.symbol('(') ? 1 : token.symbol(')') ? -1 : 0;
            if (depth == 0 && token.symbol(',')) {
                items.add(List.copyOf(item));
                item.clear();
            } else {
                item.add(token);
            }
        }
        items.add(List.copyOf(item));
        return items;
    }
}
