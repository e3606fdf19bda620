package io.opendts.engines.mysql.log;

import java.util.HexFormat;

/** MariaDB's UUID, INET6 and INET4 as the server prints them. */
final class Addresses {

    private Addresses() {}

    /**
     * UUIDs of versions 1 to 5 are stored with their five groups in reverse order, so that those made one after the other lie
     * together; all others are stored as they are. In the reversed form byte 6 is the variant, its highest bit set, and byte 8
     * is the version, above 0 with its highest bit clear. Source: sql_type_uuid.h of MariaDB.
     */
    static String uuid(byte[] b) {
        String hex = HexFormat.of().formatHex(b);
        boolean reversed = b[6] < 0 && b[8] > 0;
        if (!reversed) {
            return hex.substring(0, 8) + '-' + hex.substring(8, 12) + '-' + hex.substring(12, 16) + '-' + hex.substring(16, 20)
                    + '-' + hex.substring(20);
        }
        return hex.substring(24) + '-' + hex.substring(20, 24) + '-' + hex.substring(16, 20) + '-' + hex.substring(12, 16) + '-'
                + hex.substring(0, 12);
    }

    static String inet4(byte[] b) {
        return (b[0] & 0xFF) + "." + (b[1] & 0xFF) + "." + (b[2] & 0xFF) + "." + (b[3] & 0xFF);
    }

    /** As inet_ntop, except that already one zero group becomes "::"; embedded IPv4 is dotted. */
    static String inet6(byte[] b) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (b[2 * i] & 0xFF) << 8 | b[2 * i + 1] & 0xFF;
        }
        int bestAt = -1;
        int bestLength = 0;
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
