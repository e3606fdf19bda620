package io.opendts.engines.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Ed25519Test {

    /** A password of 32 bytes is a plain Ed25519 secret: RFC 8032, section 7.1, test 2. */
    @Test
    void signsLikeTheStandard() {
        byte[] secret = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        assertThat(HexFormat.of().formatHex(Ed25519.sign(secret, new byte[] {0x72}))).isEqualTo(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }
}
