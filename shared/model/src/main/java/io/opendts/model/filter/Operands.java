package io.opendts.model.filter;

import io.opendts.model.filter.FilterToken.Kind;
import io.opendts.model.filter.Operand.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;

/** The values of a filter, and what may stand in parentheses. One for each parser. */
final class Operands {

    /** What a DECIMAL holds on all servers. */
    private static final int DIGITS_MAX = 65;
    private static final int SCALE_MAX = 30;

    private final FilterParser parser;

    Operands(FilterParser parser) {
        this.parser = parser;
    }

    Term sum() {
        Term left = product();
        while (true) {
            FilterToken token = parser.peek();
            if (!token.symbol("+") && !token.symbol("-")) {
                return left;
            }
            parser.take();
            Operator operator = token.symbol("+") ? Operator.PLUS : Operator.MINUS;
            left = new Operand.Arithmetic(operator, FilterParser.operand(left), FilterParser.operand(product()), token.at());
        }
    }

    private Term product() {
        Term left = signed();
        while (true) {
            FilterToken token = parser.peek();
            if (!token.symbol("*") && !token.symbol("%") && !token.word("MOD")) {
                return left;
            }
            parser.take();
            Operator operator = token.symbol("*") ? Operator.TIMES : Operator.MODULO;
            left = new Operand.Arithmetic(operator, FilterParser.operand(left), FilterParser.operand(signed()), token.at());
        }
    }

    Term signed() {
        FilterToken token = parser.peek();
        if (parser.takeSymbol("-")) {
            Operand inner = FilterParser.operand(parser.nested(this::signed));
            return switch (inner) {
                case Operand.Number number -> new Operand.Number(number.value().negate(), number.floating(), token.at());
                case Operand.Column _, Operand.Text _, Operand.Bytes _, Operand.Temporal _, Operand.Truth _, Operand.Null _,
                        Operand.Arithmetic _ ->
                    new Operand.Arithmetic(Operator.MINUS, new Operand.Number(BigDecimal.ZERO, false, token.at()), inner, token.at());
            };
        }
        if (parser.takeSymbol("+")) {
            return FilterParser.operand(parser.nested(this::signed));
        }
        if (parser.takeSymbol("!")) {
            return new Condition.Not(FilterParser.condition(parser.nested(this::signed)), token.at());
        }
        return primary();
    }

    private Term primary() {
        FilterToken token = parser.take();
        return switch (token.kind()) {
            case NUMBER -> number(token);
            case STRING -> text(token);
            case HEX -> new Operand.Bytes(HexFormat.of().parseHex(token.text().length() % 2 == 0 ? token.text() : "0" + token.text()),
                    token.end() - token.at() == token.text().length() + 2, token.at());
            case BITS -> bits(token);
            case NAME -> column(token);
            case WORD -> word(token);
            case SYMBOL -> {
                if (!token.symbol("(")) {
                    throw Refusals.unexpected(token);
                }
                if (parser.peek().word("SELECT") || parser.peek().word("WITH")) {
                    throw Refusals.subquery(parser.peek().at());
                }
                Term inner = parser.nested(parser::or);
                if (parser.peek().symbol(",")) {
                    throw new FilterRefused(token.at(), "compares a row of several values",
                            "Compare each column by itself, joined by AND.");
                }
                parser.wantSymbol(")", token);
                yield inner;
            }
            case END -> throw new FilterRefused(token.at(), "ends where a value is wanted", "Complete it.");
        };
    }

    private Operand text(FilterToken token) {
        if (parser.peek().kind() == Kind.STRING) {
            throw new FilterRefused(parser.peek().at(), "has two strings beside each other", "Join them into one, or put a comma between.");
        }
        return new Operand.Text(token.text(), token.at());
    }

    private static Operand bits(FilterToken token) {
        byte[] number = token.text().isEmpty() ? new byte[0] : new BigInteger(token.text(), 2).toByteArray();
        int bytes = (token.text().length() + 7) / 8;
        byte[] value = new byte[bytes];
        int copied = Math.min(bytes, number.length);
        System.arraycopy(number, number.length - copied, value, bytes - copied, copied);
        return new Operand.Bytes(value, true, token.at());
    }

    private static Operand number(FilterToken token) {
        boolean floating = token.text().indexOf('e') >= 0 || token.text().indexOf('E') >= 0;
        String text = token.text();
        if (floating) {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw new FilterRefused(token.at(), "has a number that is out of range", "Write a number that a DOUBLE can hold.");
            }
            return new Operand.Number(new BigDecimal(value), true, token.at());
        }
        BigDecimal value = new BigDecimal(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        if (value.precision() > DIGITS_MAX || value.scale() > SCALE_MAX || value.precision() - value.scale() > DIGITS_MAX - SCALE_MAX
                && value.scale() > 0) {
            throw new FilterRefused(token.at(), "has a number of more digits than a DECIMAL holds",
                    "Write at most " + DIGITS_MAX + " digits, " + SCALE_MAX + " of them behind the point and "
                            + (DIGITS_MAX - SCALE_MAX) + " in front of it.");
        }
        return new Operand.Number(value, false, token.at());
    }

    private Operand column(FilterToken token) {
        if (parser.peek().symbol(".")) {
            throw new FilterRefused(token.at(), "has a column's name with a table in front", "Write the column's name alone.");
        }
        if (parser.peek().symbol("->")) {
            throw new FilterRefused(parser.peek().at(), "takes a value out of a document (->)", FilterParser.SUBSET);
        }
        return new Operand.Column(token.text(), token.at());
    }

    private Term word(FilterToken token) {
        String word = token.text().toUpperCase(Locale.ROOT);
        FilterToken next = parser.peek();
        switch (word) {
            case "TRUE", "FALSE" -> {
                return new Operand.Truth(word.equals("TRUE"), token.at());
            }
            case "NULL" -> {
                return new Operand.Null(token.at());
            }
            case "DATE", "TIME", "TIMESTAMP" -> {
                if (next.kind() == Kind.STRING) {
                    parser.take();
                    return new Operand.Temporal(Operand.TemporalWord.valueOf(word), next.text(), token.at());
                }
            }
            default -> Refusals.word(token, next);
        }
        return column(token);
    }
}
