package io.opendts.engines.mysql.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/** What the authentication plugins make of password and nonce. Formats: MySQL's and MariaDB's protocol documentation. */
final class Scramble {

    private Scramble() {
    }

    /** mysql_native_password: SHA1(p) xor SHA1(nonce, SHA1(SHA1(p))). */
    static byte[] nativePassword(byte[] password, byte[] nonce) {
        if (password.length == 0) {
            return new byte[0];
        }
        byte[] once = digest("SHA-1", password);
        return xor(once, digest("SHA-1", nonce, digest("SHA-1", once)));
    }

    /** caching_sha2_password, fast path: SHA256(p) xor SHA256(SHA256(SHA256(p)), nonce). */
    static byte[] cachingSha2(byte[] password, byte[] nonce) {
        if (password.length == 0) {
            return new byte[0];
        }
        byte[] once = digest("SHA-256", password);
        return xor(once, digest("SHA-256", digest("SHA-256", once), nonce));
    }

    /** Password and its NUL, xor-ed with the repeated nonce, under the server's RSA key (OAEP with SHA-1). */
    static byte[] rsa(byte[] password, byte[] nonce, String publicKeyPem) {
        try {
            String base64 = publicKeyPem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            byte[] plain = withNul(password);
            for (int i = 0; i < plain.length; i++) {
                plain[i] ^= nonce[i % nonce.length];
            }
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MySqlProtocolError("the server's RSA key cannot be used: " + e.getMessage());
        }
    }

    static byte[] withNul(byte[] password) {
        return Arrays.copyOf(password, password.length + 1);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] result = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (byte) (a[i] ^ b[i]);
        }
        return result;
    }
}
