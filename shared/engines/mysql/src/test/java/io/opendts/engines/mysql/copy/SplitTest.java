package io.opendts.engines.mysql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.apply.Bed;
import io.opendts.model.Chunk;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.testkit.ServerVersion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the key looks like, its chunks together hold every row once. */
class SplitTest {

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void integerKeysWithHoles(ServerVersion server) {
        Bed bed = new Bed(server, "split");
        bed.run("DROP DATABASE IF EXISTS sp", "CREATE DATABASE sp");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String type : List.of("INT", "BIGINT", "BIGINT UNSIGNED", "SMALLINT")) {
            String name = "t_" + type.toLowerCase().replace(' ', '_');
            Set<BigInteger> keys = keys(type, random);
            bed.run("CREATE TABLE sp." + name + "(id " + type + " PRIMARY KEY, pad CHAR(200), KEY(pad))");
            insert(bed, "sp." + name, keys);
            bed.run("ANALYZE TABLE sp." + name);
            Table table = bed.table("sp", name);

            List<Chunk> chunks = bed.planner().split(table, Route.same(table.id()), 1_000);
            List<Integer> sizes = new ArrayList<>();
            Set<Row> seen = new HashSet<>();
            Relation relation = Bed.relation(1, table, "sp");
            for (Chunk chunk : chunks) {
                int before = seen.size();
                bed.reader().read(chunk, table, Route.same(table.id()), relation, 1_000,
                        (buffer, offset, length) -> assertThat(seen.add(Row.copyOf(buffer, offset, length))).isTrue());
                sizes.add(seen.size() - before);
            }
            assertThat(seen).as("%s, seed %d", type, seed).hasSize(keys.size());
            assertThat(chunks.size()).as("%s: chunks of %s rows", type, sizes).isBetween(keys.size() / 4_000 + 1, keys.size() / 150);
            assertThat(sizes).as("%s: chunks of %s rows", type, sizes).allMatch(size -> size < 4_000);
        }
    }

    /** Each value would be a chunk that reads the whole table. */
    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void aTableThatHasAnotherKeySinceIsNotSplitToPieces(ServerVersion server) {
        Bed bed = new Bed(server, "split-rekeyed");
        bed.run("DROP DATABASE IF EXISTS sr", "CREATE DATABASE sr", "CREATE TABLE sr.t (id INT PRIMARY KEY, code VARCHAR(10) NOT NULL)",
                "INSERT INTO sr.t VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'),(6,'f'),(7,'g'),(8,'h')");
        for (int rows = 8; rows < 4_096; rows *= 2) {
            bed.run("INSERT INTO sr.t SELECT id+" + rows + ",code FROM sr.t");
        }
        Table table = bed.table("sr", "t");
        bed.run("ALTER TABLE sr.t DROP PRIMARY KEY, ADD PRIMARY KEY (code, id)", "ANALYZE TABLE sr.t");
        assertThat(bed.planner().split(table, Route.same(table.id()), 100)).hasSizeLessThan(50);
    }

    /** Clusters with gaps, both ends of the type among them. */
    private static Set<BigInteger> keys(String type, Random random) {
        BigInteger low = switch (type) {
            case "INT" -> BigInteger.valueOf(Integer.MIN_VALUE);
            case "BIGINT" -> BigInteger.valueOf(Long.MIN_VALUE);
            case "SMALLINT" -> BigInteger.valueOf(Short.MIN_VALUE);
            default -> BigInteger.ZERO;
        };
        BigInteger width = switch (type) {
            case "INT" -> BigInteger.ONE.shiftLeft(32);
            case "SMALLINT" -> BigInteger.ONE.shiftLeft(16);
            default -> BigInteger.ONE.shiftLeft(64);
        };
        Set<BigInteger> keys = new HashSet<>(List.of(low, low.add(width).subtract(BigInteger.ONE)));
        while (keys.size() < 12_000) {
            BigInteger start = new BigInteger(width.bitLength() + 8, random).mod(width.subtract(BigInteger.valueOf(4_000)));
            for (int i = 0, n = random.nextInt(1_500); i < n; i++) {
                keys.add(low.add(start).add(BigInteger.valueOf(i * (1L + random.nextInt(2)))));
            }
        }
        return keys;
    }

    static void insert(Bed bed, String table, Set<BigInteger> keys) {
        List<String> values = keys.stream().map(k -> "(" + k + ",'" + "x".repeat(100) + "')").toList();
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < values.size(); i += 2_000) {
            statements.add("INSERT INTO " + table + " VALUES " + String.join(",", values.subList(i, Math.min(values.size(), i + 2_000))));
        }
        bed.run(statements.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void otherKeysAreWalked(ServerVersion server) {
        Bed bed = new Bed(server, "walk");
        bed.run("DROP DATABASE IF EXISTS wk", "CREATE DATABASE wk");
        List<String> keys = List.of(
                "a VARCHAR(20) CHARACTER SET utf8mb4, PRIMARY KEY(a)|CONCAT(CHAR(65+n%26), n, IF(n%7=0,'é',''))",
                "a VARCHAR(20) CHARACTER SET gbk COLLATE gbk_chinese_ci, b INT, PRIMARY KEY(a,b)|CONVERT(CONCAT('你',n%3) USING gbk),n",
                "a VARBINARY(20), b DATE, PRIMARY KEY(a,b)"
                        + "|UNHEX(CONCAT('00FF',LPAD(HEX(n%5),2,'0'))),DATE_ADD('2020-01-01',INTERVAL n DAY)",
                "a DECIMAL(20,5), b DATETIME(6), c BIT(20), PRIMARY KEY(a,b,c)|n%3-1.5,'2020-01-01 00:00:00.000001',n",
                "a TIMESTAMP(3) NOT NULL DEFAULT '2020-01-01 00:00:00', b SMALLINT, PRIMARY KEY(a,b)"
                        + "|FROM_UNIXTIME(1600000000+n DIV 3),n",
                "a INT, b VARCHAR(10), PRIMARY KEY(a,b)|1,n",
                "a TIME(2), b YEAR, c CHAR(9) CHARACTER SET ucs2, PRIMARY KEY(a,b,c)"
                        + "|SEC_TO_TIME(n%10*100),2000+n%100,CONVERT(n USING ucs2)");
        for (int i = 0; i < keys.size(); i++) {
            String[] parts = keys.get(i).split("\\|");
            bed.run("CREATE TABLE wk.t" + i + "(" + parts[0] + ")",
                    "INSERT INTO wk.t" + i + " SELECT " + parts[1] + " FROM (SELECT a.d+10*b.d+100*c.d AS n FROM "
                            + digits("a") + "," + digits("b") + "," + digits("c") + ") numbers",
                    "ANALYZE TABLE wk.t" + i);
            Table table = bed.table("wk", "t" + i);
            Set<Row> rows = new HashSet<>(bed.rows(table, 64));
            assertThat(rows).as(parts[0]).hasSize(1_000);
            assertThat(bed.rows(table, 64)).as(parts[0]).hasSize(1_000);
            assertThat(bed.rows(table, 1_000)).as(parts[0]).hasSize(1_000);
        }
    }

    private static String digits(String name) {
        return "(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6"
                + " UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) " + name;
    }
}
