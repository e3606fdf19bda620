package io.opendts.standalone.system;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Column types with literals for them, ordinary and awkward ones. */
final class SampleTypes {

    /** @param literal an SQL literal of the type, never NULL */
    record Type(String sql, Function<Random, String> literal) {}

    private SampleTypes() {}

    /** Every type of a server family. */
    static List<Type> all(String server) {
        List<Type> types = new ArrayList<>();
        numbers(types);
        times(types);
        texts(types);
        bytes(types);
        shapes(types);
        types.add(new Type("JSON", r -> "'{\"n\": " + r.nextInt(1000) + ", \"t\": [true, null, \"ä" + word(r) + "\", 1.5]}'"));
        if (server.equals("mysql97")) {
            types.add(new Type("VECTOR(3)", r -> "STRING_TO_VECTOR('[" + r.nextInt(9) + ".5,-1," + r.nextInt(9) + "]')"));
        }
        if (server.startsWith("mariadb")) {
            types.add(new Type("UUID", r -> "'" + new java.util.UUID(r.nextLong(), r.nextLong()) + "'"));
            types.add(new Type("INET6", r -> "'2001:db8::" + Integer.toHexString(r.nextInt(65536)) + "'"));
            types.add(new Type("INET4", r -> "'10.0." + r.nextInt(256) + "." + r.nextInt(256) + "'"));
            types.add(new Type("TEXT COMPRESSED", r -> "'" + word(r).repeat(30) + "'"));
        }
        return types;
    }

    private static void numbers(List<Type> types) {
        types.add(new Type("TINYINT", r -> "" + (r.nextInt(256) - 128)));
        types.add(new Type("SMALLINT UNSIGNED", r -> "" + r.nextInt(65536)));
        types.add(new Type("MEDIUMINT", r -> "" + (r.nextInt(1 << 24) - (1 << 23))));
        types.add(new Type("INT(6) UNSIGNED ZEROFILL", r -> "" + r.nextInt(1_000_000)));
        types.add(new Type("BIGINT", r -> "" + r.nextLong()));
        types.add(new Type("BIGINT UNSIGNED", r -> Long.toUnsignedString(r.nextLong())));
        types.add(new Type("DECIMAL(30,10)", r -> r.nextLong() + "." + r.nextInt(1_000_000_000)));
        types.add(new Type("DECIMAL(65,0)", r -> r.nextLong() + "" + Math.abs(r.nextLong() / 2)));
        types.add(new Type("FLOAT", r -> "" + r.nextFloat() * 1e10));
        types.add(new Type("DOUBLE", r -> "" + r.nextGaussian() * 1e200));
        types.add(new Type("BIT(1)", r -> "b'" + r.nextInt(2) + "'"));
        types.add(new Type("BIT(33)", r -> Long.toString(r.nextLong(1L << 33))));
        types.add(new Type("YEAR", r -> "" + (1901 + r.nextInt(254))));
    }

    private static void times(List<Type> types) {
        types.add(new Type("DATE", r -> "'" + date(r) + "'"));
        types.add(new Type("TIME(3)", r -> "'" + (r.nextBoolean() ? "-" : "") + r.nextInt(838) + ":59:" + (10 + r.nextInt(49)) + "."
                + digits(r, 3) + "'"));
        types.add(new Type("DATETIME", r -> "'" + date(r) + " 23:59:59'"));
        types.add(new Type("DATETIME(6)", r -> "'" + date(r) + " 01:02:03." + digits(r, 6) + "'"));
        types.add(new Type("TIMESTAMP(2) NULL", r -> "'20" + (10 + r.nextInt(20)) + "-03-28 02:30:00." + digits(r, 2) + "'"));
    }

    private static void texts(List<Type> types) {
        types.add(new Type("CHAR(20) CHARACTER SET latin1", r -> "'é " + word(r) + "'"));
        types.add(new Type("VARCHAR(50) CHARACTER SET utf8mb4", r -> "'😀 " + word(r) + " \\\\ ''x'' '"));
        types.add(new Type("VARCHAR(30) CHARACTER SET ucs2", r -> "'ж" + word(r) + "'"));
        types.add(new Type("VARCHAR(30) CHARACTER SET utf16", r -> "'中" + word(r) + "'"));
        types.add(new Type("VARCHAR(30) CHARACTER SET utf32", r -> "'中" + word(r) + "'"));
        types.add(new Type("VARCHAR(30) CHARACTER SET gbk", r -> "'中文" + word(r) + "'"));
        types.add(new Type("VARCHAR(30) CHARACTER SET sjis", r -> "'ソ" + word(r) + "'"));
        types.add(new Type("VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", r -> "'" + word(r) + " '"));
        types.add(new Type("TINYTEXT CHARACTER SET cp1251", r -> "'Ж" + word(r) + "'"));
        types.add(new Type("TEXT", r -> "'" + word(r).repeat(1 + r.nextInt(40)) + "\\n\\t\\0'"));
        types.add(new Type("MEDIUMTEXT", r -> "'" + word(r) + "'"));
        types.add(new Type("LONGTEXT", r -> "REPEAT('" + word(r) + "', " + r.nextInt(2000) + ")"));
        types.add(new Type("ENUM('a', 'b''c', 'ü', '')", r -> "" + (1 + r.nextInt(4))));
        types.add(new Type("SET('x', 'y', 'ä', 'z')", r -> "" + r.nextInt(16)));
    }

    private static void bytes(List<Type> types) {
        types.add(new Type("BINARY(8)", r -> hex(r, 8)));
        types.add(new Type("VARBINARY(40)", r -> hex(r, r.nextInt(40))));
        types.add(new Type("TINYBLOB", r -> hex(r, r.nextInt(100))));
        types.add(new Type("BLOB", r -> hex(r, r.nextInt(1000))));
        types.add(new Type("MEDIUMBLOB", r -> hex(r, r.nextInt(100))));
        types.add(new Type("LONGBLOB", r -> hex(r, r.nextInt(2000))));
    }

    private static void shapes(List<Type> types) {
        types.add(new Type("GEOMETRY", r -> "ST_GeomFromText('POINT(" + r.nextInt(90) + " " + r.nextInt(90) + ")')"));
        types.add(new Type("POINT", r -> "ST_GeomFromText('POINT(" + r.nextInt(90) + ".5 -" + r.nextInt(90) + ")')"));
        types.add(new Type("LINESTRING", r -> "ST_GeomFromText('LINESTRING(0 0, 1 " + r.nextInt(9) + ", 2 2)')"));
        types.add(new Type("POLYGON", r -> "ST_GeomFromText('POLYGON((0 0, 0 9, 9 " + (1 + r.nextInt(8)) + ", 0 0))')"));
        types.add(new Type("GEOMETRYCOLLECTION", r -> "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 " + r.nextInt(9) + "))')"));
    }

    static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 3 + random.nextInt(6); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String date(Random random) {
        return (1000 + random.nextInt(9000)) + "-0" + (1 + random.nextInt(9)) + "-" + (10 + random.nextInt(18));
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static String hex(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
