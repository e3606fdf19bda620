package io.opendts.functions.verify;

import io.opendts.model.Row;
import io.opendts.model.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A row's key for people: SQL literals; bytes that are no printable text as hex, long values cut. */
public final class KeyText {

    private static final int VALUE_CHARS_MAX = 64;

    private KeyText() {}

    public static String of(Row key) {
        List<String> values = new ArrayList<>();
        RowReader reader = new RowReader();
        reader.reset(key);
        while (reader.hasNext()) {
            values.add(reader.next() ? literal(reader) : "NULL");
        }
        return "(" + String.join(", ", values) + ")";
    }

    private static String literal(RowReader value) {
        String text = new String(value.buffer(), value.offset(), value.length(), StandardCharsets.UTF_8);
        boolean printable = text.chars().noneMatch(c -> c < ' ' || c == 0xFFFD);
        String shown = printable
                ? "'" + text.replace("'", "''") + "'"
                : "x'" + HexFormat.of().formatHex(value.buffer(), value.offset(), value.offset() + value.length()) + "'";
        return shown.length() > VALUE_CHARS_MAX ? shown.substring(0, VALUE_CHARS_MAX) + "...'" : shown;
    }
}
