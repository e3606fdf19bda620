package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL text of MySQL and MariaDB into tokens. Bare words and numbers are words; whatever else is one character is a symbol.
 * An unfinished quote runs to the end of the text.
 */
public final class Lexer {

    private final String text;
    private final boolean ansiQuotes;
    private final boolean backslashEscapes;
    private final boolean unwrap;
    private final boolean ofMariaDb;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int wrapped;

    private Lexer(String text, boolean ansiQuotes, boolean backslashEscapes, boolean unwrap, boolean ofMariaDb) {
        this.text = text;
        this.ansiQuotes = ansiQuotes;
        this.backslashEscapes = backslashEscapes;
        this.unwrap = unwrap;
        this.ofMariaDb = ofMariaDb;
    }

    /**
     * A server's own text of a table. Executable comments, as in {@code /}{@code *!80016 NOT ENFORCED *}{@code /}, are
     * replaced by what is in them: the server that printed them also executes them.
     */
    static List<Token> definition(String text) {
        return new Lexer(text, false, true, true, true).run();
    }

    /** Text that was stored under a sql_mode; comments stay. */
    static List<Token> stored(String text, String sqlMode) {
        String mode = sqlMode.toUpperCase(Locale.ROOT);
        return new Lexer(text, mode.contains("ANSI"), !mode.contains("NO_BACKSLASH_ESCAPES"), false, false).run();
    }

    /**
     * A statement as a server logged it: what is in executable comments was executed, or the server would have made plain comments of
     * them. Those of MariaDB alone are such to MySQL.
     */
    public static List<Token> logged(String text, boolean ansiQuotes, boolean backslashEscapes, boolean mariaDb) {
        return new Lexer(text, ansiQuotes, backslashEscapes, true, mariaDb).run();
    }

    /** The same of any server. */
    public static List<Token> logged(String text, boolean ansiQuotes, boolean backslashEscapes) {
        return logged(text, ansiQuotes, backslashEscapes, true);
    }

    private List<Token> run() {
        while (at < text.length()) {
            step(text.charAt(at));
        }
        return tokens;
    }

    private void step(char c) {
        if (Character.isWhitespace(c)) {
            take(Kind.SPACE, whitespaceEnd());
        } else if (c == '`' || c == '"' && ansiQuotes) {
            take(Kind.NAME, quoteEnd(c, false));
        } else if (c == '\'' || c == '"') {
            take(Kind.STRING, quoteEnd(c, backslashEscapes));
        } else if (unwrap && wrapped > 0 && text.startsWith("*/", at)) {
            at += 2;
            wrapped--;
        } else if (unwrap && executable()) {
            wrapped++;
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            take(Kind.COMMENT, end < 0 ? text.length() : end + 2);
        } else if (c == '#' || text.startsWith("--", at) && (at + 2 >= text.length() || text.charAt(at + 2) <= ' ')) {
            int end = text.indexOf('\n', at);
            take(Kind.COMMENT, end < 0 ? text.length() : end);
        } else if (wordCharacter(c)) {
            take(Kind.WORD, wordEnd());
        } else {
            take(Kind.SYMBOL, at + 1);
        }
    }

    /** Steps over the opening of an executable comment and its version; false where there is none. */
    private boolean executable() {
        int from = text.startsWith("/*!", at) ? at + 3 : ofMariaDb && text.startsWith("/*M!", at) ? at + 4 : -1;
        if (from < 0) {
            return false;
        }
        while (from < text.length() && Character.isDigit(text.charAt(from))) {
            from++;
        }
        at = from;
        return true;
    }

    private void take(Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end)));
        at = end;
    }

    private int whitespaceEnd() {
        int end = at;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int wordEnd() {
        int end = at;
        while (end < text.length() && wordCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean wordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80;
    }

    private int quoteEnd(char quote, boolean escapes) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return text.length();
    }
}
