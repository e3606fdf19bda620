package io.opendts.engines.mysql.schema;

import java.util.List;

/** Writes what follows the columns of an index: method, block size, comment, parser, visibility. */
final class KeySuffix {

    private KeySuffix() {}

    static String render(List<Token> suffix, String object, Dialect dialect) {
        StringBuilder out = new StringBuilder();
        TokenCursor cursor = new TokenCursor(suffix);
        while (!cursor.atEnd()) {
            if (cursor.accept("INVISIBLE") || cursor.accept("IGNORED")) {
                out.append(hidden(object, dialect));
            } else if (cursor.accept("WITH", "PARSER")) {
                String parser = cursor.next().text();
                if (dialect.toMariaDb() && !dialect.sameFamily()) {
                    dialect.findings().note(object, "parser " + parser + " is left out: unknown to " + dialect.target().version());
                } else {
                    out.append(" WITH PARSER ").append(parser);
                }
            } else if (cursor.accept("USING")) {
                out.append(" USING ").append(cursor.next().text());
            } else if (cursor.accept("COMMENT")) {
                out.append(" COMMENT ").append(cursor.next().text());
            } else if (cursor.accept("KEY_BLOCK_SIZE")) {
                cursor.acceptSymbol('=');
                out.append(" KEY_BLOCK_SIZE=").append(cursor.next().text());
            } else {
                rare(cursor, object, dialect, out);
            }
        }
        return out.toString();
    }

    private static String hidden(String object, Dialect dialect) {
        ServerVersion target = dialect.target().version();
        if (target.mySqlFrom(80000)) {
            return " INVISIBLE";
        }
        if (target.mariaDbFrom(Dialect.MARIADB_IGNORED_INDEXES)) {
            return " IGNORED";
        }
        dialect.findings().note(object, "the index becomes visible: " + target + " cannot hide one");
        return "";
    }

    private static void rare(TokenCursor cursor, String object, Dialect dialect, StringBuilder out) {
        String text = Token.text(cursor.value());
        if (dialect.sameFamily()) {
            out.append(' ').append(text);
        } else {
            dialect.findings().note(object, text + " is left out: unknown to " + dialect.target().version());
        }
    }
}
