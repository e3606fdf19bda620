package io.opendts.engines.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SqlBytesTest {

    @Test
    void aBinaryLiteralEscapesQuoteBackslashAndNulAndNothingElse() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        String expected = new String(all, StandardCharsets.ISO_8859_1).replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0");
        assertThat(latin1(new SqlBytes(16).binaryLiteral(all, 0, 256))).isEqualTo("_binary'" + expected + "'");
    }

    @Test
    void aHexLiteralTakesPartOfAnArray() {
        assertThat(latin1(new SqlBytes(16).hexLiteral(new byte[] {1, (byte) 0xBF, 0x5C, 2}, 1, 2))).isEqualTo("x'BF5C'");
    }

    @Test
    void backticksInNamesAreDoubled() {
        assertThat(latin1(new SqlBytes(16).identifier("a`b", "c'd"))).isEqualTo("`a``b`.`c'd`");
    }

    @Test
    void aLoadFieldKeepsSeparatorsOutOfTheData() {
        byte[] value = "a\tb\nc\\d\re\0N".getBytes(StandardCharsets.ISO_8859_1);
        SqlBytes line = new SqlBytes(16).loadField(value, 0, value.length).raw('\t').loadNull();
        assertThat(latin1(line)).isEqualTo("a\\tb\\nc\\\\d\\re\\0N\t\\N");
    }

    private static String latin1(SqlBytes bytes) {
        return new String(bytes.toBytes(), StandardCharsets.ISO_8859_1);
    }
}
