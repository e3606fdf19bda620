package io.opendts.engines.mysql.log;

import java.nio.charset.StandardCharsets;

/**
 * A double as MySQL prints it inside JSON: the shortest digits that read back to it; plain notation while the point lies
 * within 15 digits, else d.ddde[-]x. Source: my_gcvt of MySQL.
 */
public final class JsonDouble {

    private static final int MAX_PLAIN_DIGITS = 15;

    private JsonDouble() {}

    /** As MySQL from 8.0 on prints it. */
    public static String text(double value) {
        Text out = new Text();
        print(value, ".0", out);
        return new String(out.array, 0, out.size, StandardCharsets.US_ASCII);
    }

    /** @param whole what follows the digits of a number without a fraction: ".0", or nothing */
    static void print(double value, String whole, Text out) {
        if (value == 0) {
            out.put(1 / value < 0 ? "-0" : "0").put(whole);
            return;
        }
        String java = Double.toString(Math.abs(value));
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
        int dot = mantissa.indexOf('.');
        String all = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
        int leading = 0;
        while (leading < all.length() - 1 && all.charAt(leading) == '0') {
            leading++;
        }
        int end = all.length();
        while (end > leading + 1 && all.charAt(end - 1) == '0') {
            end--;
        }
        int point = dot + exponent - leading;
        String digits = oneDigit(all.substring(leading, end), point, Math.abs(value));
        if (value < 0) {
            out.put('-');
        }
        boolean plain = point >= -MAX_PLAIN_DIGITS + 1 && (point <= MAX_PLAIN_DIGITS || digits.length() > point);
        if (plain) {
            plain(digits, point, whole, out);
        } else {
            out.put(digits.charAt(0));
            if (digits.length() > 1) {
                out.put('.').put(digits.substring(1));
            }
            out.put('e').putLong(point - 1);
        }
    }

    /** Java prints two digits where one would do but two come closer (4.9E-324); the server takes one. */
    private static String oneDigit(String digits, int point, double value) {
        if (digits.length() != 2) {
            return digits;
        }
        int first = digits.charAt(0) - '0';
        int rounded = digits.charAt(1) >= '5' ? first + 1 : first;
        boolean same = rounded < 10 && Double.parseDouble(rounded + "E" + (point - 1)) == value;
        return same ? Integer.toString(rounded) : digits;
    }

    private static void plain(String digits, int point, String whole, Text out) {
        if (point <= 0) {
            out.put("0.").put("0".repeat(-point)).put(digits);
        } else if (point >= digits.length()) {
            out.put(digits).put("0".repeat(point - digits.length())).put(whole);
        } else {
            out.put(digits.substring(0, point)).put('.').put(digits.substring(point));
        }
    }
}
