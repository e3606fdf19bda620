package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels of ENUM and SET in the bytes of their column's character set. The source itself is asked for those of character sets
 * that are its own: the JDK lacks some (dec8, swe7, armscii8) and maps single characters of others (sjis, big5, latin1)
 * differently. One thread.
 */
final class Labels {

    private static final int LABELS_A_QUERY = 200;
    private static final int REMEMBERED_MAX = 1_000;

    private record Key(String charset, List<String> labels) {}

    private final ConnectSettings source;
    private final Map<Key, byte[][]> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, byte[][]> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    Labels(ConnectSettings source) {
        this.source = source;
    }

    byte[][] of(String charset, List<String> labels) {
        boolean ascii = labels.stream().allMatch(l -> l.chars().allMatch(c -> c < 0x80 && c != '\\' && c != '~'));
        Charset java = switch (charset) {
            case "utf8mb4", "utf8mb3", "utf8" -> StandardCharsets.UTF_8;
            case "ucs2", "utf16" -> StandardCharsets.UTF_16BE;
            case "utf16le" -> StandardCharsets.UTF_16LE;
            case "utf32" -> Charset.forName("UTF-32BE");
            // a national seven-bit set has letters in ASCII's places
            case "swe7" -> null;
            default -> ascii ? StandardCharsets.US_ASCII : null;
        };
        return java != null ? labels.stream().map(l -> l.getBytes(java)).toArray(byte[][]::new)
                : remembered.computeIfAbsent(new Key(charset, labels), this::ask);
    }

    private byte[][] ask(Key key) {
        if (!key.charset.matches("\\w{1,32}")) {
            throw new IllegalArgumentException("charset name " + key.charset);
        }
        List<byte[]> bytes = new ArrayList<>();
        try (MySqlConnection connection = MySqlConnection.open(source)) {
            for (int from = 0; from < key.labels.size(); from += LABELS_A_QUERY) {
                List<String> values = key.labels.subList(from, Math.min(key.labels.size(), from + LABELS_A_QUERY)).stream()
                        .map(l -> "HEX(CONVERT(_utf8mb4 x'" + HexFormat.of().formatHex(l.getBytes(StandardCharsets.UTF_8)) + "' USING "
                                + key.charset + "))").toList();
                QueryResult answer = connection.query("SELECT " + String.join(",", values));
                for (int i = 0; i < values.size(); i++) {
                    bytes.add(HexFormat.of().parseHex(answer.text(0, i)));
                }
            }
        }
        return bytes.toArray(byte[][]::new);
    }
}
