package io.opendts.engines.mysql.values;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Integers, exact decimals, floats and bits. */
final class NumberCases {

    private static final int RANDOM_VALUES = 40;
    private static final int DECIMAL_DIGITS_MAX = 65;
    private static final int DECIMAL_SCALE_MAX = 30;

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
        decimals(cases);
        floats(cases);
        doubles(cases);
        bits(cases);
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

    private static void decimals(List<ValueCase> cases) {
        for (int digits : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 17, 18, 19, 20, 27, 28, 30, 36, 37, 45, 46, 54, 63, 64, 65)) {
            Set<Integer> scales = new LinkedHashSet<>(List.of(0, 1, digits / 2, Math.max(0, digits - 9), digits));
            for (int scale : scales) {
                if (scale <= Math.min(digits, DECIMAL_SCALE_MAX)) {
                    cases.add(ValueCase.of("DECIMAL", "DECIMAL(" + digits + "," + scale + ")", decimalValues(digits, scale, true)));
                }
            }
        }
        List<String> large = decimalValues(DECIMAL_DIGITS_MAX, DECIMAL_SCALE_MAX, false);
        cases.add(ValueCase.of("DECIMAL UNSIGNED", "DECIMAL(65,30) UNSIGNED", large).keyed());
        cases.add(ValueCase.of("DECIMAL ZEROFILL", "DECIMAL(65,30) ZEROFILL", large));
        cases.add(ValueCase.of("DECIMAL ZEROFILL", "DECIMAL(20,0) ZEROFILL", decimalValues(20, 0, false)).keyed());
        cases.add(ValueCase.of("DECIMAL ZEROFILL", "DECIMAL(12,12) ZEROFILL", decimalValues(12, 12, false)));
        cases.add(ValueCase.of("DECIMAL", "NUMERIC(30,30)", decimalValues(30, 30, true)).keyed());
        cases.add(ValueCase.of("DECIMAL, scale 31 - 38", "DECIMAL(65,38)", decimalValues(65, 38, true))
                .from(Servers.MARIADB).to(Servers.MARIADB));
        cases.add(ValueCase.of("DECIMAL, scale 31 - 38", "DECIMAL(38,38)", decimalValues(38, 38, true))
                .from(Servers.MARIADB).to(Servers.MARIADB));
    }

    private static List<String> decimalValues(int digits, int scale, boolean signed) {
        Random random = new Random(digits * 100L + scale);
        String nines = "9".repeat(digits);
        Set<String> values = new LinkedHashSet<>(List.of(nines, "0".repeat(digits - 1) + "1", "0".repeat(digits)));
        values.add("1" + "0".repeat(digits - 1));
        IntStream.range(0, 4).forEach(_ -> values.add(
                random.ints(1 + random.nextInt(digits), 0, 10).mapToObj(Integer::toString).collect(Collectors.joining())));
        List<String> texts = new ArrayList<>();
        for (String value : values) {
            String padded = "0".repeat(digits - value.length()) + value;
            String text = padded.substring(0, digits - scale) + (scale == 0 ? "" : "." + padded.substring(digits - scale));
            texts.add("'" + text + "'");
            if (signed) {
                texts.add("'-" + text + "'");
            }
        }
        return texts;
    }

    private static void floats(List<ValueCase> cases) {
        Random random = new Random(24);
        List<String> values = new ArrayList<>(List.of("'0'", "'-0'", "-0e0", "'1.17549435e-38'", "'1.4e-45'", "'-1.4e-45'",
                "'1.1754942e-38'", "'3.4028234663852886e38'", "'-3.4028234663852886e38'", "16777216", "16777217", "0.1e0", "1e0/3",
                "1.1234567",
                "'9.999999e9'", "1e22", "1e-10"));
        while (values.size() < RANDOM_VALUES) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                values.add("'" + (double) value + "'");
            }
        }
        cases.add(ValueCase.of("FLOAT", "FLOAT", values));
        cases.add(ValueCase.of("FLOAT", "FLOAT(24)", values));
        List<String> positive = values.stream().filter(v -> !v.contains("'-") && !v.startsWith("-")).toList();
        cases.add(ValueCase.of("FLOAT", "FLOAT UNSIGNED", positive));
        cases.add(ValueCase.of("FLOAT", "FLOAT ZEROFILL", positive));
        String[] rounded = {"0", "'-0'", "1.5", "-1.5", "0.1", "123.4567", "-99.9999", "0.00005", "1e0/3", "pi()"};
        for (String size : List.of("(7,4)", "(10,0)", "(24,2)", "(30,25)", "(255,30)", "(12,1)")) {
            cases.add(ValueCase.of("FLOAT(M,D)", "FLOAT" + size, rounded));
        }
        cases.add(ValueCase.of("FLOAT(M,D)", "FLOAT(10,2) ZEROFILL", "0", "1.5", "99999.99", "0.1"));
    }

    private static void doubles(List<ValueCase> cases) {
        Random random = new Random(53);
        List<String> values = new ArrayList<>(List.of("0", "'-0'", "-0e0", "2.2250738585072014e-308", "2.225073858507201e-308",
                "5e-324", "-5e-324", "1.7976931348623157e308", "-1.7976931348623157e308", "9007199254740992", "9007199254740993",
                "0.1e0", "0.1e0+0.2e0", "1e0/3", "1e22", "1e23", "1.5e-320", "123456789012345678", "4.35e0", "2e-3", "1e15", "1e16",
                "1e17"));
        while (values.size() < RANDOM_VALUES) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                values.add("'" + value + "'");
            }
        }
        cases.add(ValueCase.of("DOUBLE", "DOUBLE", values));
        cases.add(ValueCase.of("DOUBLE", "FLOAT(53)", values));
        List<String> positive = values.stream().filter(v -> !v.contains("'-") && !v.startsWith("-")).toList();
        cases.add(ValueCase.of("DOUBLE", "DOUBLE UNSIGNED", positive));
        cases.add(ValueCase.of("DOUBLE", "DOUBLE ZEROFILL", positive));
        String[] rounded = {"0", "'-0'", "1.5", "-1.5", "0.1", "12345.678901", "-99.99", "0.005", "1e0/3", "pi()", "0.1e0+0.2e0"};
        for (String size : List.of("(10,2)", "(53,2)", "(20,0)", "(40,30)", "(255,30)", "(17,10)", "(255,0)")) {
            cases.add(ValueCase.of("DOUBLE(M,D)", "DOUBLE" + size, rounded));
        }
        cases.add(ValueCase.of("DOUBLE(M,D)", "DOUBLE(255,30)", "1e-25", "1.23456789e-20", "1e200", "1e22/3"));
        cases.add(ValueCase.of("DOUBLE(M,D)", "DOUBLE(12,3) ZEROFILL", "0", "1.5", "99999.999", "0.1"));
        cases.add(ValueCase.of("DOUBLE", "DOUBLE", "0", "1.5", "-1.5", "0.1e0", "1e300", "-1e-300").keyed());
    }

    private static void bits(List<ValueCase> cases) {
        for (int bits = 1; bits <= 64; bits++) {
            String ones = "1".repeat(bits);
            String mixed = "1010011101".repeat(7).substring(0, bits);
            cases.add(ValueCase.of("BIT", "BIT(" + bits + ")", "b'0'", "b'1'", "b'" + ones + "'", "b'" + mixed + "'"));
        }
        cases.add(ValueCase.of("BIT", "BIT(12)", "b'0'", "b'1'", "b'101001110101'").keyed());
        cases.add(ValueCase.of("BIT", "BIT(64)", "b'0'", "b'1'", "x'FFFFFFFFFFFFFFFF'", "x'8000000000000000'").keyed());
    }
}
