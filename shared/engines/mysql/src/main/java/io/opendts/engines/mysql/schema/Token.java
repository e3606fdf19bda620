package io.opendts.engines.mysql.schema;

import java.util.List;

/**
 * A piece of SQL text. The texts of all tokens of a statement, one after the other, are the statement: what is not understood
 * is carried byte for byte.
 */
public record Token(Kind kind, String text) {

    public enum Kind { SPACE, COMMENT, WORD, NAME, STRING, SYMBOL }

    public static final Token SPACE = new Token(Kind.SPACE, " ");

    public static Token word(String text) {
        return new Token(Kind.WORD, text);
    }

    public static Token name(String name) {
        return new Token(Kind.NAME, SqlNames.quote(name));
    }

    /** As servers print strings. */
    public static Token string(String value) {
        return new Token(Kind.STRING, SqlNames.literal(value).replace("\n", "\\n").replace("\0", "\\0"));
    }

    public boolean word() {
        return kind == Kind.WORD;
    }

    public boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean symbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    public boolean blank() {
        return kind == Kind.SPACE || kind == Kind.COMMENT;
    }

    /** Whether it can stand where a name is wanted. */
    public boolean named() {
        return kind == Kind.NAME || kind == Kind.WORD;
    }

    /** Without its quotes: of a name, a string or a bare word. */
    public String value() {
        return switch (kind) {
            case NAME -> {
                String quote = text.substring(0, 1);
                yield text.substring(1, text.length() - 1).replace(quote + quote, quote);
            }
            case STRING -> unescape(text);
            case SPACE, COMMENT, WORD, SYMBOL -> text;
        };
    }

    private static String unescape(String literal) {
        char quote = literal.charAt(0);
        StringBuilder out = new StringBuilder(literal.length());
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == quote) {
                i++;
                out.append(quote);
            } else if (c == '\\' && i + 1 < literal.length() - 1) {
                i++;
                char escaped = literal.charAt(i);
                // patterns keep the backslash in front of their own characters
                out.append(escaped == '%' || escaped == '_' ? "\\" + escaped : String.valueOf(unescaped(escaped)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'Z' -> 26;
            default -> c;
        };
    }

    public static String text(List<Token> tokens) {
        StringBuilder out = new StringBuilder();
        for (Token token : tokens) {
            out.append(token.text);
        }
        return out.toString();
    }
}
