package io.opendts.model.filter;

import java.math.BigDecimal;

/** A value in a filter. Which kinds may meet in a comparison depends on the columns, and is the engine's to say. */
public sealed interface Operand extends Term {

    enum Operator {
        PLUS("+"), MINUS("-"), TIMES("*"), MODULO("%");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    enum TemporalWord { DATE, TIME, TIMESTAMP }

    /** @param name as written, without quotes; the case of column names does not matter */
    record Column(String name, int at) implements Operand {}

    /** @param floating whether it was written with an exponent, which makes it a binary floating point number */
    record Number(BigDecimal value, boolean floating, int at) implements Operand {}

    record Text(String value, int at) implements Operand {}

    /**
     * A literal of bytes. Nobody may write to the array.
     *
     * @param number whether every server takes it for a number where a number is wanted: {@code b'101'}, {@code 0b101}, {@code 0x2A},
     *               but not {@code x'2A'}
     */
    record Bytes(byte[] value, boolean number, int at) implements Operand {}

    /** A literal with its type in front, as in {@code DATE '2026-01-31'}. */
    record Temporal(TemporalWord word, String value, int at) implements Operand {}

    record Truth(boolean value, int at) implements Operand {}

    record Null(int at) implements Operand {}

    record Arithmetic(Operator operator, Operand left, Operand right, int at) implements Operand {}
}
