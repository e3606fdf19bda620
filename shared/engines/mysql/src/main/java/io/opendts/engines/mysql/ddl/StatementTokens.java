package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.Lexer;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import java.util.List;
import java.util.Set;

/** The tokens of a logged statement with names and strings as SHOW CREATE TABLE writes them, whatever the session's sql_mode was. Pure. */
final class StatementTokens {

    /** Behind NOT they are no operands. */
    private static final Set<String> NO_OPERANDS = Set.of("NULL", "EXISTS", "ENFORCED", "IGNORED");

    private StatementTokens() {}

    /** @throws NotUnderstood an operator means something else than it does to the sessions of a task */
    static TokenCursor of(String sql, WrittenUnder session, boolean mariaDb) {
        List<Token> tokens = Lexer.logged(sql, session.ansiQuotes(), session.backslashEscapes(), mariaDb).stream()
                .map(token -> plain(token, session.backslashEscapes())).toList();
        List<Token> words = tokens.stream().filter(token -> !token.blank()).toList();
        for (int i = 0; i + 1 < words.size(); i++) {
            Token next = words.get(i + 1);
            boolean joins = session.pipesJoin() && words.get(i).symbol('|') && next.symbol('|');
            boolean negates = session.notBindsFirst() && words.get(i).is("NOT") && NO_OPERANDS.stream().noneMatch(next::is);
            if (joins || negates) {
                throw new NotUnderstood("'" + words.get(i).text() + "' under the sql_mode of its session");
            }
        }
        return new TokenCursor(tokens);
    }

    private static Token plain(Token token, boolean backslashEscapes) {
        return switch (token.kind()) {
            case NAME -> Token.name(token.value());
            case STRING -> Token.string(backslashEscapes ? token.value() : unescaped(token.text()));
            case SPACE, COMMENT, WORD, SYMBOL -> token;
        };
    }

    private static String unescaped(String literal) {
        String quote = literal.substring(0, 1);
        return literal.substring(1, literal.length() - 1).replace(quote + quote, quote);
    }
}
