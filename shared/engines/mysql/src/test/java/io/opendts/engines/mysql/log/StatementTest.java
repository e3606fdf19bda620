package io.opendts.engines.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "BEGIN|BEGIN", "COMMIT|COMMIT", "ROLLBACK|ROLLBACK", "ROLLBACK TO `s`|ROLLBACK_TO", "SAVEPOINT `s`|SAVEPOINT",
        "XA START X'31',X'',1|XA_START", "XA END X'31',X'',1|XA_END", "XA COMMIT X'31',X'',1|XA_COMMIT",
        "create table t(i int)|SCHEMA_CHANGE", "/* c */ ALTER TABLE t ADD j INT|SCHEMA_CHANGE", "TRUNCATE t|SCHEMA_CHANGE",
        "/*!50001 CREATE ALGORITHM=UNDEFINED */ VIEW v AS SELECT 1|SCHEMA_CHANGE", "CREATE OR REPLACE TABLE t(i int)|SCHEMA_CHANGE",
        "CREATE DEFINER=`r`@`l` TRIGGER x|SCHEMA_CHANGE", "CREATE SPATIAL INDEX i ON t(g)|SCHEMA_CHANGE",
        "DROP /*!40005 TEMPORARY */ TABLE IF EXISTS `t`|HARMLESS", "CREATE TEMPORARY TABLE t(i int)|HARMLESS",
        "CREATE USER u|HARMLESS", "GRANT ALL ON *.* TO u|HARMLESS", "# Dummy event|HARMLESS", "FLUSH TABLES|HARMLESS",
        "insert into t values (1)|ROWS_AS_TEXT", "(SELECT f())|ROWS_AS_TEXT", "LOAD DATA INFILE 'x'|ROWS_AS_TEXT"})
    void isToldByItsFirstWords(String sql, Statement kind) {
        assertThat(Statement.of(sql)).isEqualTo(kind);
    }

    @Test
    void concernsTheDatabasesThatItRunsInOrNames() {
        assertThat(Statement.touches("DROP TABLE t", "shop", List.of("shop"))).isTrue();
        assertThat(Statement.touches("DROP TABLE `Shop`.t", "", List.of("shop"))).isTrue();
        assertThat(Statement.touches("DROP TABLE other.t", "other", List.of("shop"))).isFalse();
    }

    @Test
    void isShownWithoutValues() {
        assertThat(Statement.shown("INSERT INTO t VALUES ('secret', 4711,\n\"it's\")")).isEqualTo("INSERT INTO t VALUES (?, ?, ?)");
        assertThat(Statement.shown("UPDATE t SET a = 'unclosed " + "x".repeat(500))).isEqualTo("UPDATE t SET a = ?");
        assertThat(Statement.shown("UPDATE " + "x".repeat(500))).hasSizeLessThan(70);
    }
}
