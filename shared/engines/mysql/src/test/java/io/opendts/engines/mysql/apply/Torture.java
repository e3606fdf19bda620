package io.opendts.engines.mysql.apply;

import java.util.List;

/** A table with values of every kind that servers are known to mangle. */
final class Torture {

    private Torture() {}

    static final String COLUMNS = """
            g VARCHAR(20) CHARACTER SET gbk, u VARCHAR(20) CHARACTER SET ucs2, w VARCHAR(20) CHARACTER SET utf16,
            x VARCHAR(20) CHARACTER SET utf32, le VARCHAR(20) CHARACTER SET utf16le, l VARCHAR(20) CHARACTER SET latin1,
            sj VARCHAR(20) CHARACTER SET sjis, b VARBINARY(300), fb BINARY(5), bi BIT(12), e ENUM('a','é','b,c') CHARACTER SET latin1,
            st SET('x','ö') CHARACTER SET latin1, eu ENUM('a','é') CHARACTER SET ucs2, j JSON, p POINT, d DATE, dt DATETIME(3),
            ts TIMESTAMP(6) NULL, t TIME(2), y YEAR, dc DECIMAL(30,10), f FLOAT, db DOUBLE, tx TEXT CHARACTER SET latin1, bl BLOB,
            un BIGINT UNSIGNED, z INT(8) UNSIGNED ZEROFILL, c5 CHAR(5) CHARACTER SET utf8mb4""";

    static List<String> rows(String table) {
        StringBuilder allBytes = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            allBytes.append("%02X".formatted(i));
        }
        return List.of(
                "INSERT INTO " + table + " VALUES(1, _gbk x'C4E35C', _ucs2 x'00410400', _utf16 x'D83DDE00', _utf32 x'0001F600',"
                        + " _utf16le x'3DD800DE', _latin1 x'80FF41', _sjis x'835C', x'" + allBytes + "', x'0102', b'1010101', 2, 3, 2,"
                        + " '{\"a\": \"é\\\\n\\\\\\\\ \\\\\" \\'\", \"b\": [1, 2]}', ST_GeomFromText('POINT(1 2)',4326), '0000-00-00',"
                        + " '2020-02-31 00:00:00.123', '2038-01-19 03:14:07.999999', '-838:59:59', '0000',"
                        + " '12345678901234567890.0123456789', 3.4028234663852886e38, 1e-310, _latin1 x'5C5C0A09', x'5C300A0D00271A',"
                        + " 18446744073709551615, 42, '😀a')",
                "INSERT INTO " + table + "(id,d,dt,ts,e,t,y,f,db) VALUES(2,'2020-00-00','2020-00-00 00:00:00',"
                        + "'0000-00-00 00:00:00','no label','00:00:00','2155','1.1234567','0.1')",
                "INSERT INTO " + table + "(id) VALUES(3)",
                "INSERT INTO " + table + "(id,g,b,tx,bl,f,db,u) VALUES(4,'','','','','1.17549435E-38','4.9E-324','')");
    }
}
