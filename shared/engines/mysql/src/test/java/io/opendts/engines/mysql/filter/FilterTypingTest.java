package io.opendts.engines.mysql.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the columns of a table make of a condition: the SQL that is sent, or a refusal with its place. */
class FilterTypingTest {

    private static final Table TABLE = new Table(new TableId("shop", "orders"), List.of(
            column("id", ColumnKind.INTEGER, "bigint unsigned", false), column("amount", ColumnKind.DECIMAL, "decimal(10,2)", false),
            column("rate", ColumnKind.FLOAT, "float", false), column("fixed", ColumnKind.DOUBLE, "double(10,2)", false),
            column("name", ColumnKind.TEXT, "varchar(10)", false), column("label", ColumnKind.ENUM, "enum('a','b')", false),
            column("raw", ColumnKind.BYTES, "varbinary(10)", false), column("born", ColumnKind.DATE, "date", false),
            column("seen", ColumnKind.DATETIME, "datetime", false), column("took", ColumnKind.TIME, "time", false),
            column("model", ColumnKind.YEAR, "year(4)", false), column("flags", ColumnKind.BIT, "bit(4)", false),
            column("doc", ColumnKind.JSON, "json", false), column("twice", ColumnKind.INTEGER, "int", true)),
            List.of(), List.of(), "InnoDB", "", 0, 0);

    private static Column column(String name, ColumnKind kind, String type, boolean generated) {
        boolean text = kind == ColumnKind.TEXT || kind == ColumnKind.ENUM;
        return new Column(name, kind, type, true, false, text ? Optional.of("utf8mb4") : Optional.empty(),
                text ? Optional.of("utf8mb4_general_ci") : Optional.empty(), List.of(), 0, generated, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', value = {
        "AMOUNT > 100 and name in ('eu', 'us')  → (`amount` > 100) AND (`name` IN (_utf8mb4 x'6575',_utf8mb4 x'7573'))",
        "5 < id                                 → `id` > 5",
        "id                                     → `id` <> 0",
        "id <=> 5                               → (`id` = 5) IS TRUE",
        "id IN (1, NULL)                        → (`id` IN (1)) OR (NULL)",
        "id IN (1, 2.5)                         → (`id` = 1) OR (`id` = 2.5)",
        "id % 3 = 0                             → (CAST(`id` AS DECIMAL(20,0)) % 3) = 0",
        "rate >= 0.5                            → `rate` >= 0.5E0",
        "born < '2026-01-31'                    → `born` < DATE'2026-01-31'",
        "seen < '2026-01-31'                    → `seen` < TIMESTAMP'2026-01-31 00:00:00'",
        "took >= '-01:00:00'                    → `took` >= TIME'-01:00:00'",
        "raw = 'é'                              → `raw` = x'C3A9'",
        "flags = b'101'                         → `flags` = 5",
        "name LIKE 'a\\_%'                      → `name` LIKE _utf8mb4 x'615c5f25' ESCAPE '\\\\'",
        "doc IS NULL                            → `doc` IS NULL",
        "NOT id IS TRUE                         → NOT ((`id` <> 0) IS TRUE)",
    })
    void isSentInOneFormThatAllServersReadAlike(String filter, String sql) {
        assertThat(RowFilter.of(filter, TABLE).sql()).isEqualToIgnoringCase(sql);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', value = {
        "id > 1 AND amonut > 1        → names the column amonut, which the table does not have at character 12",
        "twice > 1                    → names the generated column twice, whose value the log need not have at character 1",
        "name = 5                     → compares the text column name with something else than a string at character 8",
        "5 = name                     → compares the text column name with something else than a string at character 1",
        "id = '5'                     → compares a number with a string at character 6",
        "amount > 1e2                 → compares an exact number with one that has an exponent at character 10",
        "fixed > 1  → compares the column fixed of type double(10,2), which the servers do with a tolerance at character 1",
        "born > '2026-1-31'           → has a literal that is not in the one form that all servers read alike at character 8",
        "born > '2026-02-30'          → has a date that cannot be compared: the calendar does not have it at character 8",
        "born > '0000-00-00'          → has a date that cannot be compared: the calendar does not have it at character 8",
        "born > 20260131              → compares a date or time with a number at character 8",
        "seen > TIME'10:00:00'        → has a literal that is not in the one form that all servers read alike at character 8",
        "took > '900:00:00'           → has a time beyond 838:59:59 at character 8",
        "model = 26                   → compares a YEAR column with something else than a year from 1901 to 2155 at character 9",
        "flags = x'05'                → compares a number with bytes at character 9",
        "doc = '{}'  → compares the column doc of type json, which has no order that is the same everywhere at character 1",
        "label > 'a'                  → asks for an order of the ENUM column label: servers order it by label or by number at character 9",
        "label = 1                    → compares the text column label with something else than a string at character 9",
        "name = NULL                  → compares with NULL, which is never true at character 1",
        "amount                       → uses the column amount of type decimal(10,2) as a condition at character 1",
        "name                         → uses the column name of type varchar(10) as a condition at character 1",
        "amount % 2 = 0               → calculates with the column amount, which is no integer at character 1",
        "name = raw                   → compares the columns name and raw, which are not texts of one collation at character 1",
        "born = seen                  → compares values of different kinds (DATE and DATE_TIME) at character 1",
        "id LIKE '1%'                 → has LIKE on column id, which is no text but bigint unsigned at character 9",
        "'a' = 'b'                    → compares two literals that are not numbers at character 1",
    })
    void isRefusedWhereServersWouldConvert(String filter, String why) {
        DtsException refusal = catchThrowableOfType(DtsException.class, () -> RowFilter.of(filter, TABLE));
        assertThat(refusal).as(filter).hasMessage("the filter of table shop.orders " + why);
        assertThat(refusal.code()).isEqualTo(ErrorCode.FILTER_UNSUPPORTED);
        assertThat(refusal.remedy()).isNotBlank();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(catchThrowableOfType(DtsException.class, () -> RowFilter.of("nope = 1 OR name = 5 OR id = 1", TABLE)))
                .hasMessageContaining("at character 1; it compares").hasMessageContaining("at character 20");
    }
}
