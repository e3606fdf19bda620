package io.opendts.engines.mysql.filter;

import io.opendts.model.filter.Condition.Comparison;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A typed condition: evaluated on a row, and printed for the server, from the same tree, so that both mean one thing. */
sealed interface Predicate permits Predicate.And, Predicate.Or, Predicate.Xor, Predicate.Not, Predicate.Is, Predicate.Constant,
        Predicate.NullTest, Predicate.Compared, Predicate.AnyOf, ServerAtom {

    Verdict test(RowValues row, Answers answers);

    String sql();

    /** What the server has said of values that only it can compare. */
    @FunctionalInterface
    interface Answers {

        /** OPEN where it has not been asked; it will be. */
        Verdict of(ServerAtom atom, RowValues row);
    }

    private static String joined(List<Predicate> parts, String word) {
        return parts.stream().map(p -> "(" + p.sql() + ")").collect(Collectors.joining(word));
    }

    record And(List<Predicate> parts) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            Verdict all = Verdict.TRUE;
            for (Predicate part : parts) {
                all = all.and(part.test(row, answers));
                if (all == Verdict.FALSE) {
                    return all;
                }
            }
            return all;
        }

        @Override
        public String sql() {
            return joined(parts, " AND ");
        }
    }

    record Or(List<Predicate> parts) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            Verdict any = Verdict.FALSE;
            for (Predicate part : parts) {
                any = any.or(part.test(row, answers));
                if (any == Verdict.TRUE) {
                    return any;
                }
            }
            return any;
        }

        @Override
        public String sql() {
            return joined(parts, " OR ");
        }
    }

    record Xor(Predicate left, Predicate right) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            return left.test(row, answers).xor(right.test(row, answers));
        }

        @Override
        public String sql() {
            return joined(List.of(left, right), " XOR ");
        }
    }

    record Not(Predicate inner) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            return inner.test(row, answers).not();
        }

        @Override
        public String sql() {
            return "NOT (" + inner.sql() + ")";
        }
    }

    record Is(Predicate inner, Optional<Boolean> truth) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            return inner.test(row, answers).is(truth);
        }

        @Override
        public String sql() {
            return "(" + inner.sql() + ") IS " + truth.map(t -> t ? "TRUE" : "FALSE").orElse("NULL");
        }
    }

    record Constant(Verdict verdict) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            return verdict;
        }

        @Override
        public String sql() {
            return verdict == Verdict.UNKNOWN ? "NULL" : verdict.name();
        }
    }

    record NullTest(ColumnRef column) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            return Verdict.of(row.isNull(column));
        }

        @Override
        public String sql() {
            return column.sql() + " IS NULL";
        }
    }

    record Compared(Comparison comparison, Value left, Value right) implements Predicate {
        @Override
        public Verdict test(RowValues row, Answers answers) {
            Comparable<?> a = left.of(row);
            Comparable<?> b = right.of(row);
            return a == null || b == null ? Verdict.UNKNOWN : Verdict.of(holds(comparison, compare(a, b)));
        }

        /** Both are of one class: see {@link Value}. */
        @SuppressWarnings("unchecked")
        private static int compare(Comparable<?> a, Comparable<?> b) {
            return ((Comparable<Object>) a).compareTo(b);
        }

        static boolean holds(Comparison comparison, int order) {
            return switch (comparison) {
                case EQUAL, NULL_SAFE_EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }

        @Override
        public String sql() {
            return left.sql() + " " + comparison.sign() + " " + right.sql();
        }
    }

    /** @param members ordered by value, so that 1 and 1.0 are one */
    record AnyOf(Value value, List<Value.Literal> list, TreeSet<Comparable<?>> members, boolean oneType) implements Predicate {

        static AnyOf of(Value value, List<Value.Literal> list, boolean oneType) {
            TreeSet<Comparable<?>> members = new TreeSet<>();
            list.forEach(literal -> members.add(literal.value()));
            return new AnyOf(value, List.copyOf(list), members, oneType);
        }

        @Override
        public Verdict test(RowValues row, Answers answers) {
            Comparable<?> found = value.of(row);
            return found == null ? Verdict.UNKNOWN : Verdict.of(members.contains(found));
        }

        /** Where literals are not all of one type, servers differ in how they convert a list; MySQL 8.0 loses negative times in one. */
        @Override
        public String sql() {
            return oneType
                    ? value.sql() + " IN (" + list.stream().map(Value.Literal::sql).collect(Collectors.joining(",")) + ")"
                    : list.stream().map(l -> "(" + value.sql() + " = " + l.sql() + ")").collect(Collectors.joining(" OR "));
        }
    }
}
