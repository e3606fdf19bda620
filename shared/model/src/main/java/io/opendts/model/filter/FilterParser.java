package io.opendts.model.filter;

import io.opendts.model.filter.Condition.Comparison;
import io.opendts.model.filter.FilterToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the conditions that a row filter may have: a subset of MySQL's, in which every construct means one thing on every
 * server of the family and can be evaluated on a row of the log exactly. Precedence is MySQL's: OR, XOR, AND, NOT,
 * comparisons, + and -, * and %, the sign. Pure.
 */
public final class FilterParser {

    /** What became of a text. */
    public sealed interface Parsed {
        record Good(Condition condition) implements Parsed {}

        record Refused(FilterProblem problem) implements Parsed {}
    }

    private static final int NESTING_MAX = 64;

    static final String SUBSET = "A filter knows AND, OR, XOR, NOT, parentheses, = <=> <> < <= > >=, IN, BETWEEN, LIKE, IS NULL, IS TRUE, "
            + "+ - * % on integers, columns of the table, and literals.";

    private static final Map<String, Comparison> COMPARISONS = Map.of("=", Comparison.EQUAL, "<=>", Comparison.NULL_SAFE_EQUAL,
            "<>", Comparison.NOT_EQUAL, "!=", Comparison.NOT_EQUAL, "<", Comparison.LESS, "<=", Comparison.LESS_OR_EQUAL,
            ">", Comparison.GREATER, ">=", Comparison.GREATER_OR_EQUAL);

    private final List<FilterToken> tokens;
    private final Operands operands;
    private int position;
    private int depth;

    private FilterParser(List<FilterToken> tokens) {
        this.tokens = tokens;
        this.operands = new Operands(this);
    }

    public static Parsed parse(String text) {
        try {
            FilterParser parser = new FilterParser(FilterLexer.tokens(text));
            Condition condition = condition(parser.or());
            parser.end();
            return new Parsed.Good(condition);
        } catch (FilterRefused refused) {
            return new Parsed.Refused(refused.problem());
        }
    }

    private void end() {
        FilterToken rest = peek();
        if (rest.kind() != Kind.END) {
            throw Refusals.unexpected(rest);
        }
    }

    FilterToken peek() {
        return tokens.get(position);
    }

    FilterToken after(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    FilterToken take() {
        FilterToken token = tokens.get(position);
        position += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    boolean takeWord(String word) {
        boolean is = peek().word(word);
        position += is ? 1 : 0;
        return is;
    }

    boolean takeSymbol(String symbol) {
        boolean is = peek().symbol(symbol);
        position += is ? 1 : 0;
        return is;
    }

    void wantSymbol(String symbol, FilterToken open) {
        if (!takeSymbol(symbol)) {
            FilterToken found = peek();
            if (found.kind() == Kind.END) {
                throw new FilterRefused(open.at(), "has a parenthesis that is not closed", "Close it.");
            }
            throw Refusals.unexpected(found);
        }
    }

    /** In front of everything that nests. */
    Term nested(java.util.function.Supplier<Term> inner) {
        if (++depth > NESTING_MAX) {
            throw new FilterRefused(peek().at(), "is nested more than " + NESTING_MAX + " levels deep", "Take parentheses out.");
        }
        Term term = inner.get();
        depth--;
        return term;
    }

    Term or() {
        Term first = xor();
        List<Condition> parts = new ArrayList<>();
        while (takeWord("OR") || takeSymbol("||")) {
            if (parts.isEmpty()) {
                parts.add(condition(first));
            }
            parts.add(condition(xor()));
        }
        return parts.isEmpty() ? first : new Condition.Or(parts, first.at());
    }

    private Term xor() {
        Term left = and();
        while (takeWord("XOR")) {
            left = new Condition.Xor(condition(left), condition(and()), left.at());
        }
        return left;
    }

    private Term and() {
        Term first = not();
        List<Condition> parts = new ArrayList<>();
        while (takeWord("AND") || takeSymbol("&&")) {
            if (parts.isEmpty()) {
                parts.add(condition(first));
            }
            parts.add(condition(not()));
        }
        return parts.isEmpty() ? first : new Condition.And(parts, first.at());
    }

    private Term not() {
        int at = peek().at();
        if (takeWord("NOT")) {
            return nested(() -> new Condition.Not(condition(not()), at));
        }
        return comparison();
    }

    private Term comparison() {
        Term left = predicate();
        while (true) {
            FilterToken token = peek();
            Optional<Comparison> comparison = token.kind() == Kind.SYMBOL
                    ? Optional.ofNullable(COMPARISONS.get(token.text())) : Optional.empty();
            if (comparison.isPresent()) {
                take();
                if (peek().word("ANY") || peek().word("ALL") || peek().word("SOME")) {
                    throw Refusals.subquery(peek().at());
                }
                left = new Condition.Compare(comparison.get(), operand(left), operand(predicate()), left.at());
            } else if (takeWord("IS")) {
                left = is(left);
            } else {
                return left;
            }
        }
    }

    private Condition is(Term left) {
        boolean negated = takeWord("NOT");
        FilterToken what = take();
        Condition is = switch (what.kind() == Kind.WORD ? what.text().toUpperCase(Locale.ROOT) : "") {
            case "NULL" -> left instanceof Condition inner
                    ? new Condition.Is(inner, Optional.empty(), left.at()) : new Condition.IsNull((Operand) left, left.at());
            case "UNKNOWN" -> left instanceof Operand value && !(value instanceof Operand.Truth)
                    ? new Condition.IsNull(value, left.at()) : new Condition.Is(condition(left), Optional.empty(), left.at());
            case "TRUE" -> new Condition.Is(condition(left), Optional.of(true), left.at());
            case "FALSE" -> new Condition.Is(condition(left), Optional.of(false), left.at());
            default -> throw new FilterRefused(what.at(), "has IS without NULL, TRUE, FALSE or UNKNOWN behind it",
                    "Write one of them.");
        };
        return negated ? new Condition.Not(is, left.at()) : is;
    }

    private Term predicate() {
        Term left = operands.sum();
        boolean negated = peek().word("NOT") && Set.of("IN", "BETWEEN", "LIKE", "REGEXP", "RLIKE")
                .contains(after(1).text().toUpperCase(Locale.ROOT)) && takeWord("NOT");
        FilterToken token = peek();
        Condition found;
        if (takeWord("IN")) {
            found = in(operand(left));
        } else if (takeWord("BETWEEN")) {
            Operand value = operand(left);
            Operand low = operand(operands.sum());
            if (!takeWord("AND")) {
                throw new FilterRefused(token.at(), "has BETWEEN without AND", "Write it like `amount BETWEEN 1 AND 10`.");
            }
            Operand high = operand(operands.sum());
            found = new Condition.And(List.of(new Condition.Compare(Comparison.GREATER_OR_EQUAL, value, low, left.at()),
                    new Condition.Compare(Comparison.LESS_OR_EQUAL, value, high, left.at())), left.at());
        } else if (takeWord("LIKE")) {
            found = like(operand(left));
        } else {
            Refusals.operator(token);
            return left;
        }
        return negated ? new Condition.Not(found, left.at()) : found;
    }

    private Condition in(Operand value) {
        FilterToken open = peek();
        if (!takeSymbol("(")) {
            throw new FilterRefused(open.at(), "has IN without a list", "Write it like `region IN ('eu', 'us')`.");
        }
        if (peek().word("SELECT") || peek().word("WITH") || peek().word("VALUES") || peek().word("TABLE")) {
            throw Refusals.subquery(peek().at());
        }
        List<Operand> list = new ArrayList<>();
        do {
            Operand element = operand(operands.sum());
            switch (element) {
                case Operand.Column _, Operand.Arithmetic _ -> throw new FilterRefused(element.at(),
                        "has something else than a literal in a list", "Write literals only, or join comparisons by OR.");
                case Operand.Number _, Operand.Text _, Operand.Bytes _, Operand.Temporal _, Operand.Truth _, Operand.Null _ ->
                    list.add(element);
            }
        } while (takeSymbol(","));
        wantSymbol(")", open);
        return new Condition.In(value, list, value.at());
    }

    private Condition like(Operand value) {
        Operand pattern = operand(operands.signed());
        if (!(pattern instanceof Operand.Text text)) {
            throw new FilterRefused(pattern.at(), "has LIKE with something else than a string", "Write it like `name LIKE 'A%'`.");
        }
        String escape = "\\";
        if (takeWord("ESCAPE")) {
            FilterToken token = take();
            if (token.kind() != Kind.STRING || token.text().codePointCount(0, token.text().length()) > 1) {
                throw new FilterRefused(token.at(), "has ESCAPE with something else than one character", "Write it like ESCAPE '|'.");
            }
            escape = token.text();
        }
        return new Condition.Like(value, text, escape, value.at());
    }

    static Condition condition(Term term) {
        return switch (term) {
            case Condition condition -> condition;
            case Operand operand -> new Condition.Bare(operand, operand.at());
        };
    }

    static Operand operand(Term term) {
        return switch (term) {
            case Operand operand -> operand;
            case Condition condition -> throw new FilterRefused(condition.at(), "uses a condition as a value",
                    "Compare values with each other, and conditions with IS TRUE or IS FALSE.");
        };
    }
}
