package io.opendts.engines.mysql.filter;

import io.opendts.model.filter.Operand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A typed value of a filter. What {@link #of} answers for the values of one comparison is always of one class: BigDecimal for
 * exact numbers, Double (never a negative zero) for the others, Long for temporals, {@link Octets} for bytes.
 */
sealed interface Value {

    /** Null for NULL. */
    Comparable<?> of(RowValues row);

    /** For a session in UTC. */
    String sql();

    /** Bytes in the order of memcmp. */
    record Octets(byte[] bytes) implements Comparable<Octets> {
        @Override
        public int compareTo(Octets other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Octets(byte[] theirs) && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    record Literal(Comparable<?> value, String sql) implements Value {
        @Override
        public Comparable<?> of(RowValues row) {
            return value;
        }
    }

    /** As what a column's canonical text is read. */
    enum Reading { EXACT, BITS, FLOAT, DOUBLE, DATE_AND_TIME, TIME, BYTES }

    record FromColumn(ColumnRef column, Reading reading) implements Value {
        @Override
        public Comparable<?> of(RowValues row) {
            if (row.isNull(column)) {
                return null;
            }
            return switch (reading) {
                case EXACT -> new BigDecimal(row.ascii(column));
                case BITS -> new BigDecimal(new BigInteger(1, row.bytes(column)));
                case FLOAT -> (double) Float.parseFloat(row.ascii(column)) + 0.0;
                case DOUBLE -> Double.parseDouble(row.ascii(column)) + 0.0;
                case DATE_AND_TIME -> Temporals.dateAndTime(row.ascii(column));
                case TIME -> Temporals.time(row.ascii(column));
                case BYTES -> new Octets(row.bytes(column));
            };
        }

        @Override
        public String sql() {
            return column.sql();
        }
    }

    /** An exact number that meets a DOUBLE, as the servers convert it. */
    record AsDouble(Value exact) implements Value {
        @Override
        public Comparable<?> of(RowValues row) {
            return exact.of(row) instanceof BigDecimal number ? Double.valueOf(number.doubleValue() + 0.0) : null;
        }

        @Override
        public String sql() {
            return exact.sql();
        }
    }

    /** An integer inside arithmetic: as a DECIMAL no result is out of range on any server. */
    record Wide(Value integer) implements Value {
        @Override
        public Comparable<?> of(RowValues row) {
            return integer.of(row);
        }

        @Override
        public String sql() {
            return "CAST(" + integer.sql() + " AS DECIMAL(20,0))";
        }
    }

    /** On integers; the remainder has the sign of what is divided, and is NULL for a divisor of zero. */
    record Calculated(Operand.Operator operator, Value left, Value right) implements Value {
        @Override
        public Comparable<?> of(RowValues row) {
            if (!(left.of(row) instanceof BigDecimal a) || !(right.of(row) instanceof BigDecimal b)) {
                return null;
            }
            return switch (operator) {
                case PLUS -> a.add(b);
                case MINUS -> a.subtract(b);
                case TIMES -> a.multiply(b);
                case MODULO -> b.signum() == 0 ? null : a.remainder(b);
            };
        }

        @Override
        public String sql() {
            return "(" + left.sql() + " " + operator.sign() + " " + right.sql() + ")";
        }
    }
}
