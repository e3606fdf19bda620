package io.opendts.engines.mysql.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON, spatial values, vectors, and MariaDB's own types. */
final class DocumentCases {

    private DocumentCases() {
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>();
        json(cases);
        geometry(cases);
        mariaDb(cases);
        vector(cases);
        return cases;
    }

    private static void json(List<ValueCase> cases) {
        String deep = "CONCAT(REPEAT('[',90),'1',REPEAT(']',90))";
        cases.add(ValueCase.of("JSON (MySQL)", "JSON", "'null'", "'true'", "'false'", "'0'", "'-1'", "'1'", "'32767'", "'32768'", "'65535'",
                "'65536'", "'-32769'", "'2147483648'", "'4294967296'", "'9223372036854775807'", "'9223372036854775808'",
                "'18446744073709551615'", "'-9223372036854775808'", "'[]'", "'{}'", "'\"\"'", "'\"a\"'", "'[null,true,1,\"x\",{}]'",
                "'{\"b\":1,\"a\":{\"c\":[1,2,[3]]}}'", "'{\"a\":1,\"a\":2}'", "'{\"\":1,\" \":2}'",
                "'{\"\u00e4\u4e2d\ud83d\ude00\":\"\u00e4\u4e2d\ud83d\ude00\"}'", "'\"\\\\u0000\\\\u0001\\\\u001f\\\\u007f\"'",
                "'\"q\\\\\"b\\\\\\\\s\\\\/\\\\n\\\\t\\\\b\\\\f\\\\r\"'", "CONCAT('[\"',REPEAT('long',20000),'\",100000,-5,4000000000]')",
                "JSON_ARRAY(REPEAT('w',127),REPEAT('w',128),REPEAT('w',16384))", "'  [1 ,2]  '",
                "JSON_OBJECT('k',REPEAT('v',70000),'l',REPEAT('m',70000))").from(Servers.MYSQL));
        cases.add(ValueCase.of("JSON (MySQL), nested deeper than 31", "JSON", deep).from(Servers.MYSQL).to(Servers.MYSQL));
        cases.add(ValueCase.of("JSON (MySQL), doubles", "JSON", "'1.0'", "'1.5'", "'-1.5'", "'1e100'", "'1e15'", "'1e16'", "'1e17'",
                "'123456789012345680000'", "'1e-5'", "'0.00001'", "'1e-14'", "'1e-15'", "'1e-16'", "'1.5e-20'", "'5e-324'", "'2e23'",
                "'0.1'",
                "'123456789.123456789'", "'1234567890123456.7'", "'1.7976931348623157e308'", "'2.2250738585072014e-308'",
                "'18446744073709551616'", "'-9223372036854775809'", doubles()).from(Servers.MYSQL));
        cases.add(ValueCase.of("JSON (MySQL), -0.0", "JSON", "'-0.0'", "'[-0.0]'", "'-0'").from(Servers.MYSQL_8));
        cases.add(ValueCase.of("JSON (MySQL), decimals", "JSON", "JSON_ARRAY(CAST(1.50 AS DECIMAL(10,2)))", "JSON_ARRAY(1.5,-0.10,2.50)",
                "JSON_OBJECT('d',12345678901234567890.1234567890,'n',1)", "JSON_ARRAY(99999999999999999999999)",
                "CAST(CAST('123.4500' AS DECIMAL(20,4)) AS JSON)").from(Servers.MYSQL));
        cases.add(ValueCase.of("JSON (MySQL), dates and bytes", "JSON", "JSON_ARRAY(CAST('2020-01-02' AS DATE))",
                "JSON_ARRAY(CAST('-10:11:12.5' AS TIME(6)),CAST('2020-01-02 03:04:05.678' AS DATETIME(6)))",
                "JSON_OBJECT('b',CAST(REPEAT('x',100) AS BINARY),'y',CAST(x'00ff' AS BINARY))", "JSON_ARRAY(b'101',x'cafe')",
                "CAST(ST_GeomFromText('POINT(1 2)') AS JSON)").from(Servers.MYSQL));
        cases.add(ValueCase.of("JSON (MariaDB)", "JSON", "'null'", "'{\"a\":  1}'", "'{\"a\":1,\"a\":2}'",
                "'[1.50, 1e2, 99999999999999999999999]'",
                "'\"\\\\u00e4\\\\/\"'", "'{\"b\":1,\"a\":2}'", "'{\"\u00e4\u4e2d\ud83d\ude00\":1}'", "' [ ] '").from(Servers.MARIADB));
    }

    private static String doubles() {
        Random random = new Random(5);
        return "'[" + IntStream.range(0, 300).mapToDouble(_ -> Double.longBitsToDouble(random.nextLong())).filter(Double::isFinite)
                .mapToObj(Double::toString).collect(Collectors.joining(",")) + "]'";
    }

    private static void geometry(List<ValueCase> cases) {
        List<String> texts = List.of("POINT(1 2)", "POINT(-1.5 1e300)", "POINT(0.1 -0)", "LINESTRING(0 0,1 1,2 2.5)",
                "POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 1))", "MULTIPOINT(1 1,2 2)", "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))",
                "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
                "GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1),GEOMETRYCOLLECTION(POINT(2 2)))");
        cases.add(ValueCase.of("GEOMETRY", "GEOMETRY", texts.stream().map(t -> "ST_GeomFromText('" + t + "')").toList()));
        cases.add(ValueCase.of("GEOMETRY", "GEOMETRY", "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')",
                "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY',4326)").from(Servers.NOT_MYSQL_57));
        cases.add(ValueCase.of("GEOMETRY", "GEOMETRY", "ST_GeomFromText('GEOMETRYCOLLECTION()')").from(Servers.MYSQL_57));
        for (String type : List.of("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON",
                "GEOMETRYCOLLECTION")) {
            cases.add(ValueCase.of("POINT, LINESTRING, POLYGON, MULTI..., GEOMETRYCOLLECTION", type, texts.stream()
                    .filter(t -> t.startsWith(type + "(")).map(t -> "ST_GeomFromText('" + t + "')").toList()));
        }
        cases.add(ValueCase.of("spatial types with SRID", "GEOMETRY", "ST_GeomFromText('POINT(12 34)',4326)",
                "ST_GeomFromText('POINT(12 34)',3857)", "ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))',4326)",
                "ST_GeomFromText('LINESTRING(-89 179,89 -179)',4326)"));
        cases.add(ValueCase.of("spatial types with SRID", "POINT", "ST_GeomFromText('POINT(12 34)',4326)"));
        cases.add(ValueCase.of("spatial column with SRID", "POINT SRID 4326", "ST_GeomFromText('POINT(12 34)',4326)",
                "ST_GeomFromText('POINT(-90 -179.5)',4326)").from(Servers.MYSQL_8));
        cases.add(ValueCase.of("spatial column with SRID", "GEOMETRY SRID 0", "ST_GeomFromText('POINT(12 34)')").from(Servers.MYSQL_8));
        cases.add(ValueCase.of("spatial column with SRID", "POINT REF_SYSTEM_ID=4326", "ST_GeomFromText('POINT(12 34)',4326)")
                .from(Servers.MARIADB));
    }

    private static void mariaDb(List<ValueCase> cases) {
        cases.add(ValueCase.of("INET6", "INET6", "'::'", "'::1'", "'2001:db8::ff00:42:8329'", "'::ffff:192.0.2.1'", "'::192.0.2.1'",
                "'1:0:0:2::'", "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'", "'1:2:3:4:5:6:7:0'", "'0:0:1::'", "'1:0:2:3:0:5:6:7'",
                "'::1:2:3'", "'0:0:0:0:0:1:0:0'", "'::ffff:0:0'", "'fe80::'").from(Servers.MARIADB).keyed());
        cases.add(ValueCase.of("INET4", "INET4", "'0.0.0.0'", "'192.168.0.1'", "'10.0.0.0'", "'255.255.255.255'", "'0.0.0.1'")
                .from(Servers.MARIADB).keyed());
        cases.add(ValueCase.of("UUID", "UUID", "'123e4567-e89b-12d3-a456-426655440000'", "'00000000-0000-0000-0000-000000000000'",
                "'123e4567-e89b-42d3-a456-426655440000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
                "'017f22e2-79b0-7cc3-98c4-dc0c0c07398f'",
                "'123e4567-e89b-12d3-0456-426655440000'", "'123e4567-e89b-f2d3-a456-426655440000'",
                "'00000000-0000-0000-0000-000000000100'", "'123e4567-e89b-62d3-c456-426655440000'").from(Servers.MARIADB).keyed());
        String[] texts = {"''", "'x'", "' '", "REPEAT('ab',200)", "REPEAT('\u4e2d',99)"};
        cases.add(ValueCase.of("compressed columns", "VARCHAR(500) COMPRESSED", texts).from(Servers.MARIADB));
        cases.add(ValueCase.of("compressed columns", "VARBINARY(500) COMPRESSED", texts).from(Servers.MARIADB));
        cases.add(ValueCase.of("compressed columns", "VARCHAR(100) COMPRESSED CHARACTER SET ucs2", "''", "'x'", "REPEAT('\u4e2d',99)")
                .from(Servers.MARIADB));
        for (String type : List.of("TINYTEXT", "TEXT", "LONGTEXT", "TINYBLOB", "BLOB", "LONGBLOB")) {
            cases.add(ValueCase.of("compressed columns", type + " COMPRESSED", "''", "'x'", "REPEAT('ab',120)").from(Servers.MARIADB));
        }
        cases.add(ValueCase.of("compressed columns", "MEDIUMTEXT COMPRESSED", "REPEAT('abc',100000)", "'y'").from(Servers.MARIADB));
    }

    private static void vector(List<ValueCase> cases) {
        cases.add(ValueCase.of("VECTOR", "VECTOR(3)", "STRING_TO_VECTOR('[1,2.5,-3]')", "STRING_TO_VECTOR('[0,-0,1.2e-38]')",
                "STRING_TO_VECTOR('[3.4028234e38,-3.4028234e38]')").from(Servers.MYSQL_9).to(Servers.MYSQL_9));
        cases.add(ValueCase.of("VECTOR", "VECTOR", "STRING_TO_VECTOR('[0.1]')",
                "STRING_TO_VECTOR(CONCAT('[',REPEAT('1.5,',2047),'2]'))").from(Servers.MYSQL_9).to(Servers.MYSQL_9));
    }
}
