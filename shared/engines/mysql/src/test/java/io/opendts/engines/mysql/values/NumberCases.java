package io.opendts.engines.mysql.values;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Integers, exact decimals, floats and bits. */
final class NumberCases {

    private static final int RANDOM_VALUES = 60;

    private NumberCases() {
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>();
        integers(cases, "TINYINT", 8);
        integers(cases, "SMALLINT", 16);
        integers(cases, "MEDIUMINT", 24);
        integers(cases, "INT", 32);
        integers(cases, "BIGINT", 64);
        cases.add(ValueCase.of("TINYINT", "TINYINT(1)", "0", "1", "-1", "2", "127", "-128"));
        cases.add(ValueCase.of("TINYINT", "BOOL", "TRUE", "FALSE", "5"));
        return cases;
    }

    private static void integers(List<ValueCase> cases, String type, int bits) {
        BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
        BigInteger top = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        List<BigInteger> signed = new ArrayList<>(List.of(half.negate(), half.negate().add(BigInteger.ONE), BigInteger.ONE.negate(),
                BigInteger.ZERO, BigInteger.ONE, BigInteger.TEN, half.subtract(BigInteger.ONE)));
        List<BigInteger> unsigned = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.valueOf(100), half,
                half.subtract(BigInteger.ONE), top, top.subtract(BigInteger.ONE)));
        Random random = new Random(bits);
        IntStream.range(0, 5).forEach(_ -> {
            signed.add(new BigInteger(bits - 1, random).negate());
            unsigned.add(new BigInteger(bits, random));
        });
        List<String> digits = unsigned.stream().map(BigInteger::toString).toList();
        cases.add(ValueCase.of(type, type, signed.stream().map(BigInteger::toString).toList()).keyed());
        cases.add(ValueCase.of(type + " UNSIGNED", type + " UNSIGNED", digits).keyed());
        for (String width : List.of("", "(1)", "(3)", "(20)", "(255)")) {
            cases.add(ValueCase.of(type + " ZEROFILL", type + width + " ZEROFILL", digits));
        }
        cases.add(ValueCase.of(type + " ZEROFILL", type + "(5) UNSIGNED ZEROFILL", digits).keyed());
    }
}
