package io.opendts.engines.mysql.filter;

import io.opendts.model.Column;
import io.opendts.model.Table;
import io.opendts.model.filter.Condition;
import io.opendts.model.filter.Condition.Comparison;
import io.opendts.model.filter.FilterProblem;
import io.opendts.model.filter.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives a filter's parts the types of the table's columns, and refuses what the servers would have to convert in ways that
 * depend on version, settings or data. Collects all problems; one filter each, one thread.
 */
final class Typing {

    private static final Predicate NONE = new Predicate.Constant(Verdict.UNKNOWN);

    /** Servers round other numbers before they ask whether they are zero, or do not. */
    private static final Set<TypeGroup> WHOLE = Set.of(TypeGroup.INTEGER, TypeGroup.BITS);

    private final Table table;
    private final List<Column> columns = new ArrayList<>();
    private final List<ServerAtom> atoms = new ArrayList<>();
    private final List<FilterProblem> problems = new ArrayList<>();
    private final Values values = new Values();
    private final TextAtoms texts = new TextAtoms(atoms);

    Typing(Table table) {
        this.table = table;
    }

    List<Column> columns() {
        return columns;
    }

    List<ServerAtom> atoms() {
        return atoms;
    }

    List<FilterProblem> problems() {
        return problems;
    }

    Predicate refused(FilterProblem problem) {
        problems.add(problem);
        return NONE;
    }

    Predicate predicate(Condition condition) {
        try {
            return switch (condition) {
                case Condition.And(List<Condition> parts, _) -> new Predicate.And(parts.stream().map(this::predicate).toList());
                case Condition.Or(List<Condition> parts, _) -> new Predicate.Or(parts.stream().map(this::predicate).toList());
                case Condition.Xor(Condition left, Condition right, _) -> new Predicate.Xor(predicate(left), predicate(right));
                case Condition.Not(Condition inner, _) -> new Predicate.Not(predicate(inner));
                case Condition.Is(Condition inner, var truth, _) -> new Predicate.Is(predicate(inner), truth);
                case Condition.IsNull(Operand value, _) -> isNull(value);
                case Condition.Bare(Operand value, _) -> bare(value);
                case Condition.Compare compare -> compare(compare.comparison(), compare.left(), compare.right());
                case Condition.In(Operand value, List<Operand> list, _) -> in(value, list);
                case Condition.Like(Operand value, Operand.Text pattern, String escape, _) -> like(value, pattern, escape);
            };
        } catch (Untypable refusal) {
            return refused(refusal.problem());
        }
    }

    private Predicate isNull(Operand value) {
        return switch (value) {
            case Operand.Column column -> new Predicate.NullTest(column(column));
            case Operand.Null _ -> new Predicate.Constant(Verdict.TRUE);
            case Operand.Number _, Operand.Text _, Operand.Bytes _, Operand.Temporal _, Operand.Truth _ ->
                new Predicate.Constant(Verdict.FALSE);
            case Operand.Arithmetic _ -> throw new Untypable(value.at(), "asks whether a calculation is NULL",
                    "Ask it of the columns.");
        };
    }

    private Predicate bare(Operand value) {
        return switch (value) {
            case Operand.Truth(boolean truth, _) -> new Predicate.Constant(Verdict.of(truth));
            case Operand.Null _ -> new Predicate.Constant(Verdict.UNKNOWN);
            case Operand.Number number when !number.floating() && number.value().scale() <= 0 ->
                new Predicate.Constant(Verdict.of(number.value().signum() != 0));
            case Operand.Column named when !WHOLE.contains(TypeGroup.of(column(named).column())) ->
                throw new Untypable(value.at(), "uses the column " + column(named).column().name() + " of type "
                        + column(named).column().nativeType() + " as a condition", "Compare it, as in " + column(named).column().name()
                        + " <> 0 for a number.");
            case Operand.Number _, Operand.Text _, Operand.Bytes _, Operand.Temporal _ ->
                throw new Untypable(value.at(), "uses a literal as a condition", "Write TRUE or FALSE, or compare it with a column.");
            case Operand.Column _, Operand.Arithmetic _ ->
                compare(Comparison.NOT_EQUAL, value, new Operand.Number(java.math.BigDecimal.ZERO, false, value.at()));
        };
    }

    private Predicate compare(Comparison comparison, Operand left, Operand right) {
        if (left instanceof Operand.Null || right instanceof Operand.Null) {
            if (comparison == Comparison.NULL_SAFE_EQUAL) {
                return isNull(left instanceof Operand.Null ? right : left);
            }
            throw new Untypable(left.at(), "compares with NULL, which is never true", "Write IS NULL or IS NOT NULL.");
        }
        if (comparison == Comparison.NULL_SAFE_EQUAL) {
            return nullSafeEqual(left, right);
        }
        if (!Values.hasColumns(left) && Values.hasColumns(right)) {
            return compare(mirrored(comparison), right, left);
        }
        if (left instanceof Operand.Column named) {
            ColumnRef column = column(named);
            if (TypeGroup.of(column.column()) == TypeGroup.TEXT) {
                return right instanceof Operand.Column other
                        ? texts.compare(comparison, column, column(other), named.at()) : texts.compare(comparison, column, right);
            }
        }
        Values.Pair pair = values.pair(left, right, this::column);
        return new Predicate.Compared(comparison, pair.left(), pair.right());
    }

    /** Not by {@code <=>}: MySQL 5.7 and 8.0 may take its answer for NULL where one side is. */
    private Predicate nullSafeEqual(Operand left, Operand right) {
        Predicate equal = new Predicate.Is(compare(Comparison.EQUAL, left, right), java.util.Optional.of(true));
        if (!Values.hasColumns(left) || !Values.hasColumns(right)) {
            return equal;
        }
        if (left instanceof Operand.Column a && right instanceof Operand.Column b) {
            Predicate both = new Predicate.And(List.of(new Predicate.NullTest(column(a)), new Predicate.NullTest(column(b))));
            return new Predicate.Or(List.of(equal, both));
        }
        throw new Untypable(left.at(), "has <=> with a calculation on one side and a column on the other", "Use =.");
    }

    private static Comparison mirrored(Comparison comparison) {
        return switch (comparison) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> comparison;
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
        };
    }

    /** A NULL in the list turns false into unknown, and nothing else. */
    private Predicate in(Operand value, List<Operand> all) {
        List<Operand> list = all.stream().filter(o -> !(o instanceof Operand.Null)).toList();
        Predicate unknown = new Predicate.Constant(Verdict.UNKNOWN);
        if (list.isEmpty()) {
            throw new Untypable(value.at(), "compares with NULL, which is never true", "Write IS NULL or IS NOT NULL.");
        }
        Predicate in;
        if (value instanceof Operand.Column named && TypeGroup.of(column(named).column()) == TypeGroup.TEXT) {
            in = texts.in(column(named), list);
        } else {
            Value typed = null;
            List<Value.Literal> literals = new ArrayList<>();
            for (Operand element : list) {
                Values.Pair pair = values.pair(value, element, this::column);
                typed = pair.left();
                literals.add((Value.Literal) pair.right());
            }
            in = Predicate.AnyOf.of(typed, literals, Values.oneType(literals));
        }
        return list.size() == all.size() ? in : new Predicate.Or(List.of(in, unknown));
    }

    private Predicate like(Operand value, Operand.Text pattern, String escape) {
        if (!(value instanceof Operand.Column named)) {
            throw new Untypable(value.at(), "has LIKE on something else than a column", "Put the column in front of LIKE.");
        }
        return texts.like(column(named), pattern, escape);
    }

    private ColumnRef column(Operand.Column named) {
        Column column = table.columns().stream().filter(c -> c.name().equalsIgnoreCase(named.name())).findFirst()
                .orElseThrow(() -> new Untypable(named.at(), "names the column " + named.name() + ", which the table does not have",
                        "The columns are " + table.columns().stream().limit(20).map(Column::name).toList() + "."));
        if (column.generated()) {
            throw new Untypable(named.at(), "names the generated column " + column.name() + ", whose value the log need not have",
                    "Write the condition on the columns that it is computed from.");
        }
        int known = columns.indexOf(column);
        if (known < 0) {
            columns.add(column);
            known = columns.size() - 1;
        }
        return new ColumnRef(known, column);
    }
}
