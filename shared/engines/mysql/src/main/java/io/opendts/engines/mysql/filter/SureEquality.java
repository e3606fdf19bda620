package io.opendts.engines.mysql.filter;

import io.opendts.model.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a text equals one of some literals, as far as that is certain without a collation's tables:
 *
 * <ul>
 * <li>the same bytes are equal in every collation;</li>
 * <li>in a {@code _bin} collation other bytes are not, blanks at the end apart where it pads;</li>
 * <li>in the collations listed here, which have neither contractions nor expansions of ASCII letters and digits and fold
 *     nothing but case among them, texts of nothing else are equal when they are but for case.</li>
 * </ul>
 *
 * @param literals in the column's character set
 * @param negated  whether it asks for the opposite
 */
record SureEquality(List<byte[]> literals, Collation collation, boolean negated) {

    private enum Collation { BINARY_PADDED, BINARY, FOLDS_CASE, UNKNOWN }

    /** In these, ASCII is ASCII and every character has one form. */
    private static final Set<String> PLAIN_CHARSETS = Set.of("utf8mb4", "utf8mb3", "utf8", "latin1", "ascii");
    private static final Set<String> FOLDING = Set.of("utf8mb4_0900_ai_ci", "utf8mb4_general_ci", "utf8mb3_general_ci", "utf8_general_ci",
            "utf8mb4_unicode_ci", "utf8mb3_unicode_ci", "utf8_unicode_ci", "utf8mb4_unicode_520_ci", "utf8mb4_uca1400_ai_ci",
            "utf8mb3_uca1400_ai_ci", "latin1_swedish_ci", "latin1_general_ci", "ascii_general_ci");

    /** Empty where the column's character set leaves nothing certain. */
    static Optional<SureEquality> of(Column column, List<String> literals, boolean negated) {
        String charset = column.charset().orElse("");
        boolean ascii = literals.stream().allMatch(l -> l.chars().allMatch(c -> c < 0x80));
        if (!PLAIN_CHARSETS.contains(charset) || !ascii && !charset.startsWith("utf8")) {
            return Optional.empty();
        }
        List<byte[]> bytes = literals.stream().map(l -> l.getBytes(StandardCharsets.UTF_8)).toList();
        return Optional.of(new SureEquality(bytes, collation(column.collation().orElse("")), negated));
    }

    private static Collation collation(String name) {
        if (name.endsWith("_nopad_bin")) {
            return Collation.BINARY;
        }
        // MySQL's does not pad, and what MariaDB has under the name does
        if (name.equals("utf8mb4_0900_bin")) {
            return Collation.UNKNOWN;
        }
        return name.endsWith("_bin") ? Collation.BINARY_PADDED : FOLDING.contains(name) ? Collation.FOLDS_CASE : Collation.UNKNOWN;
    }

    Verdict test(RowValues row, ColumnRef column) {
        byte[] buffer = row.buffer();
        int from = row.offset(column);
        int to = from + row.length(column);
        Verdict any = Verdict.FALSE;
        for (byte[] literal : literals) {
            any = any.or(equal(buffer, from, to, literal));
            if (any == Verdict.TRUE) {
                break;
            }
        }
        return negated ? any.not() : any;
    }

    private Verdict equal(byte[] buffer, int from, int to, byte[] literal) {
        if (Arrays.equals(buffer, from, to, literal, 0, literal.length)) {
            return Verdict.TRUE;
        }
        return switch (collation) {
            case BINARY -> Verdict.FALSE;
            case BINARY_PADDED -> Verdict.of(Arrays.equals(buffer, from, unpadded(buffer, from, to),
                    literal, 0, unpadded(literal, 0, literal.length)));
            case FOLDS_CASE -> lettersAndDigits(buffer, from, to) && lettersAndDigits(literal, 0, literal.length)
                    ? Verdict.of(equalButForCase(buffer, from, to, literal)) : Verdict.OPEN;
            case UNKNOWN -> Verdict.OPEN;
        };
    }

    private static int unpadded(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static boolean lettersAndDigits(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = bytes[i] | 0x20;
            if ((c < 'a' || c > 'z') && (bytes[i] < '0' || bytes[i] > '9')) {
                return false;
            }
        }
        return true;
    }

    /** Letters differ from their other case in one bit, which digits have set. */
    private static boolean equalButForCase(byte[] bytes, int from, int to, byte[] literal) {
        if (to - from != literal.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if ((bytes[from + i] | 0x20) != (literal[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
