package io.opendts.engines.mysql.log;

import java.util.HexFormat;

/** MariaDB's UUID, INET6 and INET4 as the server prints them. */
final class Addresses {

    private Addresses() {}

    /**
     * UUIDs of versions 1 to 5 are stored with their five groups in reverse order, so that those made one after the other lie
     * together; 6 to 8 sort well by themselves and are stored as they are. In the reversed form byte 6 begins with the variant
     * (its highest bit set), in the straight one with the version, which is below 8 or, for 8 to 15, told by byte 8.
     */
    static String uuid(byte[] b) {
        String hex = HexFormat.of().formatHex(b);
        boolean reversed = (b[6] & 0x80) != 0 || isZero(b);
        if (!reversed) {
            return hex.substring(0, 8) + '-' + hex.substring(8, 12) + '-' + hex.substring(12, 16) + '-' + hex.substring(16, 20)
                    + '-' + hex.substring(20);
        }
        return hex.substring(24) + '-' + hex.substring(20, 24) + '-' + hex.substring(16, 20) + '-' + hex.substring(12, 16) + '-'
                + hex.substring(0, 12);
    }

    private static boolean isZero(byte[] b) {
        for (byte octet : b) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    static String inet4(byte[] b) {
        return (b[0] & 0xFF) + "." + (b[1] & 0xFF) + "." + (b[2] & 0xFF) + "." + (b[3] & 0xFF);
    }

    /** As inet_ntop: the longest run of two or more zero groups becomes "::", embedded IPv4 is dotted. */
    static String inet6(byte[] b) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (b[2 * i] & 0xFF) << 8 | b[2 * i + 1] & 0xFF;
        }
        int bestAt = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                bestAt = i;
                bestLength = length;
            }
        }
        boolean v4 = bestAt == 0 && (bestLength == 6 || bestLength == 5 && groups[5] == 0xFFFF);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestAt) {
                out.append(i == 0 ? "::" : ":");
                i += bestLength - 1;
                continue;
            }
            if (v4 && i == 6) {
                return out.append(inet4(java.util.Arrays.copyOfRange(b, 12, 16))).toString();
            }
            out.append(Integer.toHexString(groups[i])).append(i < 7 ? ":" : "");
        }
        return out.toString();
    }
}
