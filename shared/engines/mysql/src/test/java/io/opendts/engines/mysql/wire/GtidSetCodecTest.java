package io.opendts.engines.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GtidSetCodecTest {

    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String UUID_HEX = UUID.replace("-", "");

    @Test
    void intervalsAreWrittenWithAnOpenEndAndInOrder() {
        assertThat(hex(UUID + ":11:1-5,\n")).isEqualTo("0100000000000000" + UUID_HEX + "0200000000000000"
                + "0100000000000000" + "0600000000000000" + "0b00000000000000" + "0c00000000000000");
    }

    @Test
    void aTaggedSetCountsEachTagAndIsMarkedOnBothEnds() {
        assertThat(hex(UUID + ":1-2:tagx:7")).isEqualTo("0102000000000001"
                + UUID_HEX + "00" + "0100000000000000" + "0100000000000000" + "0300000000000000"
                + UUID_HEX + "08" + "74616778" + "0100000000000000" + "0700000000000000" + "0800000000000000");
    }

    @Test
    void theEmptySetIsACountOfZero() {
        assertThat(hex("")).isEqualTo("0000000000000000");
    }

    @Test
    void whatIsNoSetIsRefused() {
        for (String text : new String[] {"0-1-5", UUID, UUID + ":0", UUID + ":5-1", UUID + ":1-x"}) {
            assertThatThrownBy(() -> GtidSetCodec.encode(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String hex(String set) {
        return HexFormat.of().formatHex(GtidSetCodec.encode(set));
    }
}
