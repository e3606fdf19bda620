package io.opendts.model.filter;

import java.util.List;
import java.util.Optional;

/**
 * A row filter as it was understood. BETWEEN is two comparisons joined by AND, and the negated forms are a Not around the
 * others: in three-valued logic they are the same.
 */
public sealed interface Condition extends Term {

    enum Comparison {
        EQUAL("="), NULL_SAFE_EQUAL("<=>"), NOT_EQUAL("<>"), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    record And(List<Condition> parts, int at) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Condition> parts, int at) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Xor(Condition left, Condition right, int at) implements Condition {}

    record Not(Condition inner, int at) implements Condition {}

    record Compare(Comparison comparison, Operand left, Operand right, int at) implements Condition {}

    record In(Operand value, List<Operand> list, int at) implements Condition {
        public In {
            list = List.copyOf(list);
        }
    }

    /** @param escape one character, or empty for none */
    record Like(Operand value, Operand.Text pattern, String escape, int at) implements Condition {}

    record IsNull(Operand value, int at) implements Condition {}

    /** @param truth empty asks for UNKNOWN */
    record Is(Condition inner, Optional<Boolean> truth, int at) implements Condition {}

    /** A value that stands where a condition is wanted: true unless it is zero. */
    record Bare(Operand value, int at) implements Condition {}
}
