package io.opendts.model.filter;

import io.opendts.model.filter.FilterToken.Kind;
import java.util.Locale;
import java.util.Set;

/** What stands in conditions elsewhere and not in a filter, told by its name. */
final class Refusals {

    private static final Set<String> OPERATORS = Set.of("REGEXP", "RLIKE", "SOUNDS", "COLLATE", "DIV", "MEMBER");
    private static final Set<String> SIGNS = Set.of("/", "&", "|", "^", "<<", ">>", "->", ":=");
    /** Words that begin or belong to a construct and that no server takes for a column without back-quotes. */
    private static final Set<String> RESERVED = Set.of("AND", "OR", "XOR", "IN", "BETWEEN", "LIKE", "IS", "FROM", "WHERE", "GROUP",
            "ORDER", "HAVING", "LIMIT", "UNION", "THEN", "ELSE", "WHEN", "AS", "ON", "BY", "NOT");

    private Refusals() {}

    static FilterRefused unexpected(FilterToken token) {
        if (token.kind() == Kind.SYMBOL && token.text().equals("@")) {
            return new FilterRefused(token.at(), "uses a variable (@)", "Write its value: a variable may change.");
        }
        if (token.kind() == Kind.SYMBOL && token.text().equals(";")) {
            return new FilterRefused(token.at(), "has a semicolon", "A filter is one condition: take it out.");
        }
        if (token.kind() == Kind.SYMBOL && token.text().equals("~")) {
            return new FilterRefused(token.at(), "uses the operator ~", FilterParser.SUBSET);
        }
        operator(token);
        String shown = token.text().length() > 20 ? token.text().substring(0, 20) + "..." : token.text();
        return new FilterRefused(token.at(), token.kind() == Kind.END ? "ends too early" : "does not go on with \"" + shown + "\"",
                FilterParser.SUBSET);
    }

    static FilterRefused subquery(int at) {
        return new FilterRefused(at, "has a subquery", "A filter sees the row's own columns only: write what the subquery would find.");
    }

    /** An operator that is none of a filter's. */
    static void operator(FilterToken token) {
        boolean word = token.kind() == Kind.WORD && OPERATORS.contains(token.text().toUpperCase(Locale.ROOT));
        if (word || token.kind() == Kind.SYMBOL && SIGNS.contains(token.text())) {
            throw new FilterRefused(token.at(), "uses the operator " + token.text().toUpperCase(Locale.ROOT), FilterParser.SUBSET);
        }
    }

    /** @param next the token behind the word */
    static void word(FilterToken token, FilterToken next) {
        String word = token.text().toUpperCase(Locale.ROOT);
        switch (word) {
            case "SELECT", "EXISTS", "WITH" -> throw subquery(token.at());
            case "CASE" -> throw construct(token, "uses CASE", "Write the cases as conditions joined by OR.");
            case "INTERVAL" -> throw construct(token, "uses INTERVAL", "Write the date itself.");
            case "BINARY" -> {
                if (next.kind() != Kind.SYMBOL || next.symbol("(")) {
                    throw construct(token, "uses BINARY", FilterParser.SUBSET);
                }
            }
            case "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "CURRENT_USER", "UTC_DATE", "UTC_TIME",
                    "UTC_TIMESTAMP" -> throw function(token, word);
            default -> {
                if (RESERVED.contains(word)) {
                    throw construct(token, "does not go on with " + word, "Complete what stands in front of it, or put a column of this "
                            + "name into back-quotes.");
                }
                if (next.symbol("(")) {
                    throw function(token, word);
                }
                if (next.kind() == Kind.STRING || next.kind() == Kind.HEX || next.kind() == Kind.BITS) {
                    throw construct(token, "has " + token.text() + " in front of a string",
                            "Write the string alone: it is taken in the column's own character set.");
                }
            }
        }
    }

    private static FilterRefused construct(FilterToken token, String message, String remedy) {
        return new FilterRefused(token.at(), message, remedy);
    }

    private static FilterRefused function(FilterToken token, String name) {
        return new FilterRefused(token.at(), "calls the function " + name, "A filter calls no functions, since the log has only values: "
                + "compare the column itself, or add a column to the table that holds the result.");
    }
}
