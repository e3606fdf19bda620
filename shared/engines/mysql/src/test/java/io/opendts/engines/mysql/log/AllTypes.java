package io.opendts.engines.mysql.log;

import java.util.ArrayList;
import java.util.List;

/** Column definitions with values that are awkward in the log; those of one kind of server only are added by flags. */
final class AllTypes {

    /** @param values SQL expressions */
    record Sample(String definition, List<String> values) {}

    private AllTypes() {}

    private static Sample of(String definition, String... values) {
        return new Sample(definition, List.of(values));
    }

    static List<Sample> samples(boolean mariaDb, int major, int minor) {
        List<Sample> all = new ArrayList<>(List.of(
                of("tinyint", "-128", "127", "0", "-1"), of("tinyint unsigned", "255", "0", "128"),
                of("smallint", "-32768", "32767"), of("smallint unsigned", "65535", "32768"),
                of("mediumint", "-8388608", "8388607", "-1"), of("mediumint unsigned", "16777215", "8388608"),
                of("int", "-2147483648", "2147483647"), of("int unsigned", "4294967295", "2147483648"),
                of("bigint", "-9223372036854775808", "9223372036854775807", "1234567890123"),
                of("bigint unsigned", "18446744073709551615", "9223372036854775808", "5"),
                of("int(8) unsigned zerofill", "42", "123456789"), of("decimal(10,2) unsigned zerofill", "1.5", "12345678.99"),
                of("bigint unsigned zerofill", "7", "18446744073709551615"),
                of("decimal(10,2)", "-0.01", "12345678.99", "-12345678.99", "0", "1000000"), of("decimal(65,30)",
                        "-99999999999999999999999999999999999.999999999999999999999999999999", "0.000000000000000000000000000001", "1"),
                of("decimal(65,0)", "99999999999999999999999999999999999999999999999999999999999999999", "-10"),
                of("decimal(5,5)", "0.12345", "-0.00001"), of("decimal(18,9)", "123456789.123456789", "-0.000000001", "100000000"),
                of("decimal(20,1)", "1000000000", "1000000000000000000.1"),
                of("float", "1.1234567", "-3.4e38", "1e-30", "16777216", "0"),
                of("double", "1.1", "-1.7e308", "5e-324", "1e22", "0.1e0+0.2e0"),
                of("bit(1)", "b'1'", "b'0'"), of("bit(10)", "b'1010000001'"), of("bit(64)", "b'1'", "18446744073709551615"),
                of("year", "2024", "0", "1901", "2155"),
                of("date", "'2024-02-29'", "'0000-00-00'", "'2020-00-00'", "'9999-12-31'"),
                of("time", "'838:59:59'", "'-838:59:59'", "'00:00:00'", "'-00:00:01'", "'12:34:56'"),
                of("time(1)", "'-12:34:56.7'", "'100:00:00.1'"), of("time(3)", "'-00:00:00.001'", "'23:59:59.999'", "'-1:00:00'"),
                of("time(6)", "'-838:59:58.999999'", "'-00:00:00.000001'", "'01:02:03.000004'"),
                of("datetime", "'2024-02-29 23:59:59'", "'0000-00-00 00:00:00'", "'2020-00-00 01:02:03'"),
                of("datetime(2)", "'1000-01-01 00:00:00.12'"), of("datetime(5)", "'9999-12-31 23:59:59.99999'"),
                of("datetime(6)", "'2024-01-01 00:00:00.000001'", "'0000-00-00 00:00:00'"),
                of("timestamp null", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'", "'0000-00-00 00:00:00'", "'2024-02-29 12:00:00'",
                        "'2000-03-01 00:00:00'"),
                of("timestamp(4) null", "'2024-12-31 23:59:59.1234'", "'0000-00-00 00:00:00'"),
                of("timestamp(6) null", "'2001-01-01 00:00:00.000001'"),
                of("char(10) charset latin1", "'abc  '", "x'80ff41'", "''"), of("char(200) charset utf8mb4", "'\\u00e4 grinning'", "'a '"),
                of("char(4) charset utf16", "'ab'"), of("binary(6)", "x'010200'", "x'000000000000'", "x'ffffffffffff'", "''"),
                of("binary(255)", "x'01'"), of("varbinary(300)", "x'0100'", "''", "repeat('a',300)"),
                of("varchar(20) charset latin1", "'abc  '", "x'80ff41'", "''"), of("varchar(300) charset utf8mb4", "repeat('\u00e4',300)"),
                of("tinytext", "'t'"), of("text", "repeat('x',60000)", "''"), of("mediumtext", "repeat('m',70000)"), of("longtext", "'l'"),
                of("tinyblob", "x'00ff'"), of("blob", "x'00'"), of("mediumblob", "repeat('b',300)"), of("longblob", "''"),
                of("enum('a','b','it''s') charset latin1", "'b'", "'it''s'", "''", "1"),
                of("enum('\u00e4','\u00f6') charset latin1", "'\u00f6'"), of("enum('\u00e4','\u4e2d') charset utf8mb4", "'\u4e2d'"),
                of("set('x','y','z') charset utf8mb4", "'x,z'", "''", "'y'", "7"), of("set('\u00e4','b') charset latin1", "3"),
                of("geometry", "ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')"),
                of("point", "ST_GeomFromText('POINT(-1.5 2)')")));
        if (!mariaDb) {
            all.add(of("json", json()));
            if (major >= 9) {
                all.add(of("vector(3)", "string_to_vector('[1,2.5,-3]')"));
            }
        } else {
            all.add(of("json", "'{\"a\":  1}'"));
            all.add(of("inet6", "'::'", "'::1'", "'2001:db8::ff00:42:8329'", "'::ffff:192.0.2.1'", "'::192.0.2.1'", "'1:0:0:2::'",
                    "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'", "'1:2:3:4:5:6:7:0'", "'0:0:1::'", "'1:0:2:3:0:5:6:7'"));
            all.add(of("inet4", "'0.0.0.0'", "'192.168.0.1'", "'10.0.0.0'"));
            all.add(of("uuid", "'123e4567-e89b-12d3-a456-426655440000'", "'00000000-0000-0000-0000-000000000000'",
                    "'123e4567-e89b-42d3-a456-426655440000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
                    "'017f22e2-79b0-7cc3-98c4-dc0c0c07398f'", "'123e4567-e89b-12d3-0456-426655440000'",
                    "'123e4567-e89b-f2d3-a456-426655440000'", "'00000000-0000-0000-0000-000000000100'"));
            all.add(of("varchar(500) compressed", "repeat('ab',200)", "'x'", "''"));
            all.add(of("text compressed", "repeat('abc',2000)", "'short'"));
            all.add(of("blob compressed", "repeat('abc',2000)"));
        }
        return all;
    }

    private static String[] json() {
        return new String[] {"'null'", "'true'", "'1'", "'-1'", "'65535'", "'65536'", "'-32769'", "'4294967296'", "'18446744073709551615'",
            "'1.0'", "'1.5'", "'1e100'", "'1e15'", "'1e16'", "'123456789012345680000'", "'1e-5'", "'0.00001'",
            "'1e-14'", "'1e-15'", "'1e-16'",
            "'1.5e-20'", "'5e-324'", "'2e23'", "'0.1'", "'-0.0'", "'123456789.123456789'", "'1234567890123456.7'",
            "'1.7976931348623157e308'",
            "'\"\"'", "'\"q\\\\\"b\\\\\\\\s/\\\\u0001\\\\n\\\\t\\\\b\\\\f\\\\r\\\\u00e4\\\\u007f\"'", "'[]'", "'{}'",
            "'{\"bb\":1,\"a\":[1,2.5,null,{\"x\":false}],\"ccc\":\"z\"}'",
            "json_array(cast(1.50 as decimal(10,2)), cast('2020-01-02' as date),"
                + " cast('-10:11:12.5' as time(6)), cast('2020-01-02 03:04:05.678' as datetime(6)), timestamp '2020-01-02 03:04:05')",
            "json_object('b', cast(repeat('x',100) as binary), 'y', cast(x'00ff' as binary))", "json_array(b'101', 18446744073709551615)",
            "cast(concat('[\"', repeat('long', 20000), '\", 100000, -5, 4000000000]') as json)",
            "cast(concat('{\"k\": \"', repeat('v', 200), '\"}') as json)", "json_array(repeat('w', 127), repeat('w', 128))"};
    }
}
