package io.opendts.engines.mysql.wire;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * MariaDB's client_ed25519: a signature of the nonce whose secret is SHA-512 of the password. The JDK's EdDSA wants a
 * secret of exactly 32 bytes in that place, so that a password cannot be used with it; a login needs two point
 * multiplications, for which BigInteger is fast enough (some milliseconds). Not constant in time: a login is one
 * signature of a nonce, with network noise around it. Names and formulas: RFC 8032.
 */
final class Ed25519 {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    private static final Point BASE = Point.affine(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    private Ed25519() {
    }

    static byte[] sign(byte[] password, byte[] message) {
        byte[] az = Scramble.digest("SHA-512", password);
        byte[] scalar = Arrays.copyOf(az, 32);
        scalar[0] &= (byte) 248;
        scalar[31] = (byte) (scalar[31] & 63 | 64);
        BigInteger a = little(scalar);
        BigInteger r = little(Scramble.digest("SHA-512", Arrays.copyOfRange(az, 32, 64), message)).mod(L);
        byte[] encodedR = BASE.times(r).encode();
        byte[] k = Scramble.digest("SHA-512", encodedR, BASE.times(a).encode(), message);
        byte[] s = littleBytes(little(k).multiply(a).add(r).mod(L));
        byte[] signature = Arrays.copyOf(encodedR, 64);
        System.arraycopy(s, 0, signature, 32, 32);
        return signature;
    }

    private static BigInteger little(byte[] bytes) {
        byte[] big = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            big[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] littleBytes(BigInteger value) {
        byte[] big = value.toByteArray();
        byte[] bytes = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        return bytes;
    }

    /** Extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z. */
    private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {

        static Point affine(BigInteger x, BigInteger y) {
            return new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P));
        }

        Point plus(Point q) {
            BigInteger a = y.subtract(x).multiply(q.y.subtract(q.x)).mod(P);
            BigInteger b = y.add(x).multiply(q.y.add(q.x)).mod(P);
            BigInteger c = t.multiply(BigInteger.TWO).multiply(D).multiply(q.t).mod(P);
            BigInteger d = z.multiply(BigInteger.TWO).multiply(q.z).mod(P);
            BigInteger e = b.subtract(a);
            BigInteger f = d.subtract(c);
            BigInteger g = d.add(c);
            BigInteger h = b.add(a);
            return new Point(e.multiply(f).mod(P), g.multiply(h).mod(P), f.multiply(g).mod(P), e.multiply(h).mod(P));
        }

        Point times(BigInteger factor) {
            Point result = affine(BigInteger.ZERO, BigInteger.ONE);
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                result = result.plus(result);
                if (factor.testBit(bit)) {
                    result = result.plus(this);
                }
            }
            return result;
        }

        byte[] encode() {
            BigInteger inverse = z.modInverse(P);
            byte[] bytes = littleBytes(y.multiply(inverse).mod(P));
            if (x.multiply(inverse).mod(P).testBit(0)) {
                bytes[31] |= (byte) 0x80;
            }
            return bytes;
        }
    }
}
