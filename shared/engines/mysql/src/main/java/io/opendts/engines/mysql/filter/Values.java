package io.opendts.engines.mysql.filter;

import io.opendts.engines.mysql.filter.Value.Reading;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.filter.Operand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types the two sides of a comparison so that they compare as the servers compare them. Pure. */
final class Values {

    /** With digits behind the point declared, servers call numbers equal that are near each other. */
    private static final Pattern FIXED_POINT = Pattern.compile("\\(\\d+,\\d+\\)");
    private static final int DIGITS_MAX = 60;
    private static final int INTEGER_DIGITS = 20;
    private static final int YEAR_MIN = 1901;
    private static final int YEAR_MAX = 2155;

    record Pair(Value left, Value right) {}

    static boolean hasColumns(Operand operand) {
        return switch (operand) {
            case Operand.Column _ -> true;
            case Operand.Arithmetic(_, Operand left, Operand right, _) -> hasColumns(left) || hasColumns(right);
            case Operand.Number _, Operand.Text _, Operand.Bytes _, Operand.Temporal _, Operand.Truth _, Operand.Null _ -> false;
        };
    }

    /** Whether a list of them means the same on every server. */
    static boolean oneType(List<Value.Literal> literals) {
        return literals.stream().allMatch(l -> l.value() instanceof Value.Octets)
                || literals.stream().allMatch(l -> l.value() instanceof BigDecimal n && n.scale() <= 0 && n.precision() <= 18);
    }

    /** @param left has a column in it, unless neither side has; none of them is NULL or a text column */
    Pair pair(Operand left, Operand right, Function<Operand.Column, ColumnRef> columns) {
        TypeGroup leftGroup = group(left, columns);
        TypeGroup rightGroup = hasColumns(right) ? group(right, columns) : leftGroup;
        if (leftGroup == TypeGroup.YEAR || rightGroup == TypeGroup.YEAR) {
            years(left, right, columns);
        }
        if (leftGroup.exact() && rightGroup.exact()) {
            return new Pair(exact(left, leftGroup, columns), exact(right, leftGroup, columns));
        }
        if ((leftGroup.exact() || leftGroup == TypeGroup.FLOATING) && (rightGroup.exact() || rightGroup == TypeGroup.FLOATING)) {
            return new Pair(real(left, columns), real(right, columns));
        }
        if (leftGroup != rightGroup) {
            throw new Untypable(left.at(), "compares values of different kinds (" + leftGroup + " and " + rightGroup + ")",
                    "Compare each with a literal of its own kind.");
        }
        return new Pair(other(left, leftGroup, columns), other(right, leftGroup, columns));
    }

    private static TypeGroup group(Operand operand, Function<Operand.Column, ColumnRef> columns) {
        return switch (operand) {
            case Operand.Column named -> {
                Column column = columns.apply(named).column();
                TypeGroup group = TypeGroup.of(column);
                if (group == TypeGroup.NONE) {
                    throw new Untypable(named.at(), "compares the column " + column.name() + " of type " + column.nativeType()
                            + ", which has no order that is the same everywhere", "Only IS NULL and IS NOT NULL are possible for it.");
                }
                yield group;
            }
            case Operand.Arithmetic _, Operand.Number _, Operand.Truth _ -> TypeGroup.INTEGER;
            case Operand.Text _, Operand.Bytes _, Operand.Temporal _, Operand.Null _ ->
                throw new Untypable(operand.at(), "compares two literals that are not numbers", "Put a column on one side.");
        };
    }

    private static Value exact(Operand operand, TypeGroup beside, Function<Operand.Column, ColumnRef> columns) {
        return switch (operand) {
            case Operand.Column named -> {
                ColumnRef column = columns.apply(named);
                yield new Value.FromColumn(column, TypeGroup.of(column.column()) == TypeGroup.BITS ? Reading.BITS : Reading.EXACT);
            }
            case Operand.Number number -> {
                if (number.floating()) {
                    throw new Untypable(number.at(), "compares an exact number with one that has an exponent",
                            "Write it without exponent.");
                }
                yield new Value.Literal(number.value(), number.value().toPlainString());
            }
            case Operand.Truth(boolean truth, _) -> new Value.Literal(truth ? BigDecimal.ONE : BigDecimal.ZERO, truth ? "1" : "0");
            case Operand.Bytes(byte[] bytes, boolean isNumber, int at) -> {
                if (beside != TypeGroup.BITS || !isNumber) {
                    throw new Untypable(at, "compares a number with bytes", "Write the number in decimal digits.");
                }
                BigInteger number = new BigInteger(1, bytes);
                yield new Value.Literal(new BigDecimal(number), number.toString());
            }
            case Operand.Arithmetic arithmetic -> calculated(arithmetic, columns).value();
            case Operand.Text text -> throw new Untypable(text.at(), "compares a number with a string", "Write the number without quotes.");
            case Operand.Temporal temporal -> throw new Untypable(temporal.at(), "compares a number with a date or time",
                    "Compare the date or time with a column of its kind.");
            case Operand.Null _ -> throw new IllegalStateException("NULL is told apart before");
        };
    }

    /** YEAR columns take numbers of two digits for years of two centuries. */
    private static void years(Operand left, Operand right, Function<Operand.Column, ColumnRef> columns) {
        boolean year = left instanceof Operand.Column named && TypeGroup.of(columns.apply(named).column()) == TypeGroup.YEAR;
        boolean fits = year && right instanceof Operand.Number number && number.value().scale() <= 0
                && number.value().compareTo(BigDecimal.valueOf(YEAR_MIN)) >= 0
                        && number.value().compareTo(BigDecimal.valueOf(YEAR_MAX)) <= 0;
        if (!fits) {
            throw new Untypable(right.at(), "compares a YEAR column with something else than a year from " + YEAR_MIN + " to " + YEAR_MAX,
                    "Write a year of four digits.");
        }
    }

    private record Sized(Value value, int digits) {}

    private static Sized calculated(Operand operand, Function<Operand.Column, ColumnRef> columns) {
        return switch (operand) {
            case Operand.Column named -> {
                ColumnRef column = columns.apply(named);
                if (column.column().kind() != ColumnKind.INTEGER) {
                    throw new Untypable(named.at(), "calculates with the column " + column.column().name() + ", which is no integer",
                            "Compare the column itself.");
                }
                yield new Sized(new Value.Wide(new Value.FromColumn(column, Reading.EXACT)), INTEGER_DIGITS);
            }
            case Operand.Number number when !number.floating() && number.value().scale() <= 0
                    && number.value().precision() <= INTEGER_DIGITS -> {
                if (number.value().signum() == 0) {
                    yield new Sized(new Value.Literal(number.value(), "0"), 1);
                }
                yield new Sized(new Value.Literal(number.value(), number.value().toPlainString()), number.value().precision());
            }
            case Operand.Arithmetic(Operand.Operator operator, Operand left, Operand right, int at) -> {
                Sized a = calculated(left, columns);
                Sized b = calculated(right, columns);
                int digits = switch (operator) {
                    case PLUS, MINUS -> Math.max(a.digits(), b.digits()) + 1;
                    case TIMES -> a.digits() + b.digits();
                    case MODULO -> Math.max(a.digits(), b.digits());
                };
                if (digits > DIGITS_MAX) {
                    throw new Untypable(at, "calculates numbers of more than " + DIGITS_MAX + " digits", "Calculate less.");
                }
                yield new Sized(new Value.Calculated(operator, a.value(), b.value()), digits);
            }
            case Operand.Number _, Operand.Text _, Operand.Bytes _, Operand.Temporal _, Operand.Truth _, Operand.Null _ ->
                throw new Untypable(operand.at(), "calculates with something else than integers", "Use integer columns and integers.");
        };
    }

    private static Value real(Operand operand, Function<Operand.Column, ColumnRef> columns) {
        if (operand instanceof Operand.Column named && TypeGroup.of(columns.apply(named).column()) == TypeGroup.FLOATING) {
            ColumnRef column = columns.apply(named);
            if (FIXED_POINT.matcher(column.column().nativeType()).find()) {
                throw new Untypable(named.at(), "compares the column " + column.column().name() + " of type " + column.column().nativeType()
                        + ", which the servers do with a tolerance", "Make the column a DECIMAL, or a DOUBLE without digits.");
            }
            return new Value.FromColumn(column, column.column().kind() == ColumnKind.FLOAT ? Reading.FLOAT : Reading.DOUBLE);
        }
        if (operand instanceof Operand.Number number) {
            double value = number.value().doubleValue() + 0.0;
            String text = Double.toString(value);
            return new Value.Literal(value, text.contains("E") ? text : text + "E0");
        }
        return new Value.AsDouble(exact(operand, TypeGroup.INTEGER, columns));
    }

    private static Value other(Operand operand, TypeGroup group, Function<Operand.Column, ColumnRef> columns) {
        if (operand instanceof Operand.Column named) {
            Reading reading = switch (group) {
                case DATE, DATE_TIME -> Reading.DATE_AND_TIME;
                case TIME -> Reading.TIME;
                case BYTES -> Reading.BYTES;
                case INTEGER, DECIMAL, BITS, YEAR, FLOATING, TEXT, NONE -> throw new IllegalStateException("not typed here: " + group);
            };
            return new Value.FromColumn(columns.apply(named), reading);
        }
        if (group == TypeGroup.BYTES) {
            return switch (operand) {
                case Operand.Text(String text, _) -> bytes(text.getBytes(StandardCharsets.UTF_8));
                case Operand.Bytes(byte[] value, _, _) -> bytes(value);
                case Operand.Column _, Operand.Number _, Operand.Temporal _, Operand.Truth _, Operand.Null _, Operand.Arithmetic _ ->
                    throw new Untypable(operand.at(), "compares a binary column with a number", "Write the bytes as x'4F4B' or a string.");
            };
        }
        return switch (operand) {
            case Operand.Text(String text, int at) -> temporal(text, Optional.empty(), group, at);
            case Operand.Temporal(Operand.TemporalWord word, String text, int at) -> temporal(text, Optional.of(word), group, at);
            case Operand.Column _, Operand.Number _, Operand.Bytes _, Operand.Truth _, Operand.Null _, Operand.Arithmetic _ ->
                throw new Untypable(operand.at(), "compares a date or time with a number", "Write it as a string like '2026-01-31'.");
        };
    }

    private static Value bytes(byte[] value) {
        return new Value.Literal(new Value.Octets(value), "x'" + HexFormat.of().withUpperCase().formatHex(value) + "'");
    }

    private static Value temporal(String text, Optional<Operand.TemporalWord> word, TypeGroup group, int at) {
        Pattern form = group == TypeGroup.DATE ? Temporals.DATE : group == TypeGroup.TIME ? Temporals.TIME : Temporals.DATE_TIME;
        Matcher parts = form.matcher(text);
        boolean wordFits = switch (group) {
            case DATE -> word.isEmpty() || word.get() == Operand.TemporalWord.DATE;
            case TIME -> word.isEmpty() || word.get() == Operand.TemporalWord.TIME;
            case DATE_TIME -> word.isEmpty() || word.get() != Operand.TemporalWord.TIME;
            case INTEGER, DECIMAL, BITS, YEAR, FLOATING, TEXT, BYTES, NONE -> false;
        };
        String wanted = group == TypeGroup.DATE ? "'2026-01-31'" : group == TypeGroup.TIME ? "'23:59:59'" : "'2026-01-31 23:59:59'";
        if (!parts.matches() || !wordFits) {
            throw new Untypable(at, "has a literal that is not in the one form that all servers read alike", "Write it like " + wanted
                    + ".");
        }
        if (group == TypeGroup.TIME) {
            if (!Temporals.withinTime(parts)) {
                throw new Untypable(at, "has a time beyond 838:59:59", "Write a time that a TIME column can hold.");
            }
            return new Value.Literal(Temporals.time(text), "TIME'" + text + "'");
        }
        Temporals.wrongDate(parts).ifPresent(why -> {
            throw new Untypable(at, "has a date that cannot be compared: " + why,
                    "Write a date from 0001-01-01 on; rows with zero dates are those below it, as in d < '0001-01-01'.");
        });
        String full = group == TypeGroup.DATE ? "DATE'" + text + "'"
                : "TIMESTAMP'" + text.replace('T', ' ') + (text.length() == 10 ? " 00:00:00" : "") + "'";
        return new Value.Literal(Temporals.dateAndTime(text), full);
    }
}
