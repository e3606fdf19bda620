package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.log.JsonDouble;
import io.opendts.engines.mysql.wire.SqlBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A document in MySQL's text as an SQL expression that gives the same document. Its text alone will not do where it holds
 * exact decimals, which MySQL reads as doubles, or, on servers whose {@link JsonForm} is ROUGH, doubles that they read wrong:
 * such documents are built by JSON_ARRAY and JSON_OBJECT from SQL's own literals, which are exact. Which type a number has is
 * told by how MySQL prints it; where a decimal prints as a double would, they are the same number, and a double is written.
 * One instance a value.
 */
final class JsonLiteral {

    /** What a double holds exactly, and powers of ten that are exact too: their product is rounded once, so it is right. */
    private static final BigInteger EXACT_DIGITS_MAX = BigInteger.ONE.shiftLeft(53);
    private static final int EXACT_EXPONENT_MAX = 22;
    private static final int SHORT_NUMBER = 15;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UNSIGNED_LONG_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final byte[] bytes;
    private final int end;
    private int at;

    private JsonLiteral(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Whether the text alone would become another document. */
    static boolean needed(JsonForm form, byte[] bytes, int offset, int length) {
        return form != JsonForm.TEXT && new JsonLiteral(bytes, offset, length).inexact(form);
    }

    /** The document built from literals. Every text that MySQL prints can be written so. */
    static void write(SqlBytes sql, byte[] bytes, int offset, int length) {
        JsonLiteral literal = new JsonLiteral(bytes, offset, length);
        boolean container = literal.peek() == '{' || literal.peek() == '[';
        sql.sql(container ? "" : "CAST(");
        literal.value(sql);
        sql.sql(container ? "" : " AS JSON)");
    }

    private boolean inexact(JsonForm form) {
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                skipString();
            } else if (b == '-' || b >= '0' && b <= '9') {
                int from = at;
                skipNumber();
                if (inexact(form, from)) {
                    return true;
                }
            } else {
                at++;
            }
        }
        return false;
    }

    private boolean inexact(JsonForm form, int from) {
        boolean integer = true;
        boolean zeroLast = bytes[at - 1] == '0';
        for (int i = from; i < at; i++) {
            integer &= bytes[i] != '.' && bytes[i] != 'e';
        }
        if (at - from <= SHORT_NUMBER && (integer || !zeroLast)) {
            // an integer, or digits that every double of that length has and every server reads right
            return !integer && form == JsonForm.ROUGH && rough(text(from));
        }
        String number = text(from);
        return decimal(number, integer) || !integer && form == JsonForm.ROUGH && rough(number);
    }

    private static boolean decimal(String number, boolean integer) {
        if (integer) {
            BigInteger value = new BigInteger(number);
            return value.compareTo(LONG_MIN) < 0 || value.compareTo(UNSIGNED_LONG_MAX) > 0;
        }
        return number.indexOf('e') < 0 && !JsonDouble.text(Double.parseDouble(number)).equals(number);
    }

    private static boolean rough(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.unscaledValue().abs().compareTo(EXACT_DIGITS_MAX) > 0 || Math.abs(value.scale()) > EXACT_EXPONENT_MAX;
    }

    private String text(int from) {
        return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
    }

    private void value(SqlBytes sql) {
        switch (peek()) {
            case '{' -> parts(sql, "JSON_OBJECT(", '}');
            case '[' -> parts(sql, "JSON_ARRAY(", ']');
            case '"' -> string(sql);
            case 't', 'f', 'n' -> word(sql);
            default -> number(sql);
        }
    }

    private void parts(SqlBytes sql, String function, char close) {
        sql.sql(function);
        at++;
        while (peek() != close) {
            if (bytes[at] == ',') {
                sql.raw(',');
                at++;
                peek();
            }
            if (close == '}') {
                string(sql);
                sql.raw(',');
                peek();
                at++;
            }
            value(sql);
        }
        at++;
        sql.raw(')');
    }

    private void word(SqlBytes sql) {
        int from = at;
        while (at < end && bytes[at] >= 'a' && bytes[at] <= 'z') {
            at++;
        }
        sql.raw(bytes, from, at - from);
    }

    private void number(SqlBytes sql) {
        int from = at;
        skipNumber();
        String number = text(from);
        boolean integer = number.indexOf('.') < 0 && number.indexOf('e') < 0;
        sql.sql(number);
        if (!integer && number.indexOf('e') < 0 && !decimal(number, false)) {
            sql.sql("e0");
        }
    }

    private void string(SqlBytes sql) {
        int from = at;
        skipString();
        byte[] text = new byte[at - from];
        int size = 0;
        for (int i = from + 1; i < at - 1; i++) {
            if (bytes[i] != '\\') {
                text[size++] = bytes[i];
                continue;
            }
            i++;
            switch (bytes[i]) {
                case 'b' -> text[size++] = '\b';
                case 'f' -> text[size++] = '\f';
                case 'n' -> text[size++] = '\n';
                case 'r' -> text[size++] = '\r';
                case 't' -> text[size++] = '\t';
                case 'u' -> {
                    // the server writes control characters alone like this
                    text[size++] = (byte) Integer.parseInt(new String(bytes, i + 1, 4, StandardCharsets.US_ASCII), 16);
                    i += 4;
                }
                default -> text[size++] = bytes[i];
            }
        }
        sql.textLiteral(text, 0, size);
    }

    private void skipString() {
        at++;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipNumber() {
        while (at < end && (bytes[at] >= '0' && bytes[at] <= '9' || bytes[at] == '-' || bytes[at] == '+' || bytes[at] == '.'
                || bytes[at] == 'e')) {
            at++;
        }
    }

    /** The next byte that is no space. */
    private byte peek() {
        while (bytes[at] == ' ') {
            at++;
        }
        return bytes[at];
    }
}
