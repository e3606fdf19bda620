package io.opendts.model.filter;

import io.opendts.model.filter.FilterToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter's text into tokens, as the servers do with their default sql_mode: a backslash escapes, and double quotes
 * hold strings. Source of the rules: "String Literals" and "Schema Object Names" of MySQL's reference manual.
 */
final class FilterLexer {

    private static final List<String> SYMBOLS = List.of("<=>", "<=", ">=", "<>", "!=", "&&", "||", "<<", ">>", ":=", "->",
            "=", "<", ">", "(", ")", ",", "+", "-", "*", "%", "!", "/", "&", "|", "^", "~", ".", ";", "?", "@", ":", "{", "}");

    private final String text;
    private int at;

    private FilterLexer(String text) {
        this.text = text;
    }

    static List<FilterToken> tokens(String text) {
        FilterLexer lexer = new FilterLexer(text);
        List<FilterToken> tokens = new ArrayList<>();
        FilterToken token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private FilterToken token(Kind kind, String value, int from) {
        return new FilterToken(kind, value, from, at);
    }

    private FilterToken next() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        int from = at;
        if (at == text.length()) {
            return token(Kind.END, "", from);
        }
        char c = peek(0);
        if (c == '#' || c == '/' && peek(1) == '*' || c == '-' && peek(1) == '-' && (at + 2 >= text.length() || peek(2) <= ' ')) {
            throw new FilterRefused(from, "has a comment", "Take the comment out; the task file takes comments behind #.");
        }
        if (c == '\'' || c == '"') {
            return token(Kind.STRING, string(c), from);
        }
        if (c == '`') {
            return token(Kind.NAME, quotedName(), from);
        }
        if ((c == 'x' || c == 'X' || c == 'b' || c == 'B') && peek(1) == '\'') {
            at += 2;
            boolean hex = c == 'x' || c == 'X';
            return digits(hex, from, true);
        }
        if (c == '0' && (peek(1) == 'x' || peek(1) == 'b')) {
            boolean hex = peek(1) == 'x';
            at += 2;
            return digits(hex, from, false);
        }
        if (Character.isDigit(c) || c == '.' && Character.isDigit(peek(1))) {
            return number(from);
        }
        if (partOfName(c)) {
            while (at < text.length() && partOfName(peek(0))) {
                at++;
            }
            return token(Kind.WORD, text.substring(from, at), from);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return token(Kind.SYMBOL, symbol, from);
            }
        }
        throw new FilterRefused(from, "has the character U+%04X".formatted((int) c), "Take it out, or put it into quotes.");
    }

    private static boolean partOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80;
    }

    private FilterToken number(int from) {
        boolean point = false;
        while (Character.isDigit(peek(0)) || peek(0) == '.' && !point) {
            point |= peek(0) == '.';
            at++;
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (Character.isDigit(peek(1 + sign))) {
                at += 2 + sign;
                while (Character.isDigit(peek(0))) {
                    at++;
                }
            }
        }
        if (at < text.length() && partOfName(peek(0))) {
            throw new FilterRefused(from, "has a name that begins with a digit", "Put a column's name that begins with a digit into "
                    + "back-quotes.");
        }
        return token(Kind.NUMBER, text.substring(from, at), from);
    }

    private FilterToken digits(boolean hex, int from, boolean quoted) {
        int start = at;
        while (Character.digit(peek(0), hex ? 16 : 2) >= 0) {
            at++;
        }
        String found = text.substring(start, at);
        boolean ended = quoted ? peek(0) == '\'' : at >= text.length() || !partOfName(peek(0));
        if (!ended || hex && quoted && found.length() % 2 != 0 || !quoted && found.isEmpty()) {
            throw new FilterRefused(from, "has a " + (hex ? "hexadecimal" : "binary") + " literal that is not well formed",
                    hex ? "Write it like x'4F4B'." : "Write it like b'101'.");
        }
        at += quoted ? 1 : 0;
        return token(hex ? Kind.HEX : Kind.BITS, found, from);
    }

    private String quotedName() {
        int from = at++;
        StringBuilder name = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw new FilterRefused(from, "has a back-quote that is not closed", "Close it.");
            }
            char c = text.charAt(at++);
            if (c != '`') {
                name.append(c);
            } else if (peek(0) == '`') {
                name.append('`');
                at++;
            } else {
                return name.toString();
            }
        }
    }

    private String string(char quote) {
        int from = at++;
        StringBuilder value = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw new FilterRefused(from, "has a string that is not closed", "Close it with " + quote + ".");
            }
            char c = text.charAt(at++);
            if (c == quote) {
                if (peek(0) != quote) {
                    return value.toString();
                }
                value.append(quote);
                at++;
            } else if (c != '\\' || at >= text.length()) {
                value.append(c);
            } else {
                escaped(text.charAt(at++), value);
            }
        }
    }

    /** {@code \%} and {@code \_} keep their backslash, which LIKE wants to see. */
    private static void escaped(char c, StringBuilder value) {
        switch (c) {
            case '0' -> value.append('\0');
            case 'b' -> value.append('\b');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'Z' -> value.append('\u001A');
            case '%', '_' -> value.append('\\').append(c);
            default -> value.append(c);
        }
    }
}
