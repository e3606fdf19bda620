package io.opendts.engines.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool copies into a changed table is what ALTER TABLE makes of its rows, or may be something else. */
class SameRowsTest {

    private static final SourceServer SERVER = new SourceServer(ServerVersion.parse("8.0.36"), true, false);
    private static final Table BEFORE = effect("""
            CREATE TABLE d.t (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, code VARCHAR(20) NOT NULL,
            note VARCHAR(50) CHARACTER SET utf8mb3, n INT, price DECIMAL(8,2), at DATETIME, kind ENUM('a','b'), twice INT AS (n * 2),
            body TEXT, UNIQUE KEY by_code (code), KEY by_n (n))
            """, Optional.empty()).getFirst().after().orElseThrow();

    private static List<Altered> effect(String sql, Optional<Table> there) {
        return StatementEffect.of(sql, new WrittenUnder("d", 0), SERVER, new SourceTables() {
            @Override
            public Optional<Table> table(TableId id) {
                return there;
            }

            @Override
            public boolean wanted(TableId id) {
                return true;
            }

            @Override
            public List<Table> children(TableId parent) {
                return List.of();
            }

            @Override
            public TableDefaults database(String name) {
                return new TableDefaults("utf8mb4", "utf8mb4_0900_ai_ci");
            }
        }).orElseThrow();
    }

    private static Optional<String> doubt(String alteration) {
        Altered altered = effect("ALTER TABLE d.t " + alteration, Optional.of(BEFORE)).getFirst();
        return SameRows.doubt(BEFORE, altered.after().orElseThrow(), altered.kept(), SERVER.version());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ENGINE=InnoDB",
        "ADD COLUMN a INT",
        "ADD COLUMN a INT NOT NULL DEFAULT -5 FIRST",
        "ADD COLUMN a VARCHAR(10) NOT NULL DEFAULT 'it''s' AFTER id",
        "ADD COLUMN a DECIMAL(5,2) NOT NULL DEFAULT 1.5",
        "ADD COLUMN a DATETIME DEFAULT '2001-02-03 04:05:06'",
        "ADD COLUMN a INT AS (n + 1) STORED",
        "DROP COLUMN note",
        "MODIFY n BIGINT",
        "MODIFY code VARCHAR(200) NOT NULL",
        "MODIFY code VARCHAR(20) NOT NULL DEFAULT 'x' AFTER n",
        "MODIFY price DECIMAL(10,3)",
        "MODIFY at DATETIME(6)",
        "MODIFY kind ENUM('a','b','c')",
        "MODIFY body LONGTEXT",
        "MODIFY note VARCHAR(50) CHARACTER SET utf8mb4",
        "MODIFY id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT",
        "ADD KEY by_price (price), DROP KEY by_n, COMMENT='changed'",
        "DROP KEY by_code",
        "ADD UNIQUE KEY wider (code, n)",
        "PARTITION BY HASH (id) PARTITIONS 4",
    })
    void are_the_same(String alteration) {
        assertThat(doubt(alteration)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CHANGE n m INT",
        "RENAME COLUMN n TO m",
        "DROP COLUMN n, DROP COLUMN twice, ADD COLUMN n INT",
        "ADD COLUMN a INT NOT NULL",
        "ADD COLUMN a DATETIME DEFAULT CURRENT_TIMESTAMP",
        "ADD COLUMN a DATETIME ON UPDATE CURRENT_TIMESTAMP",
        "ADD COLUMN a TIMESTAMP NOT NULL DEFAULT '2001-02-03 04:05:06'",
        "ADD COLUMN a VARCHAR(36) DEFAULT (UUID())",
        "MODIFY n SMALLINT",
        "MODIFY n INT UNSIGNED",
        "MODIFY n INT NOT NULL",
        "MODIFY n VARCHAR(10)",
        "MODIFY code VARCHAR(10) NOT NULL",
        "MODIFY code VARCHAR(20) COLLATE utf8mb4_bin NOT NULL",
        "MODIFY note VARCHAR(50) CHARACTER SET latin1",
        "MODIFY price DECIMAL(8,3)",
        "MODIFY at TIMESTAMP NULL",
        "MODIFY kind ENUM('b','a')",
        "MODIFY twice INT AS (n * 3)",
        "DROP PRIMARY KEY, ADD PRIMARY KEY (id, code)",
        "ADD UNIQUE KEY narrow (n)",
        "ADD UNIQUE KEY prefix (body(10))",
        "ADD CHECK (n > 0)",
        "ADD FOREIGN KEY (n) REFERENCES other (id)",
        "PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN (100))",
        "ENGINE=MyISAM",
        "ENGINE=BLACKHOLE",
    })
    void may_be_others(String alteration) {
        assertThat(doubt(alteration)).isNotEmpty();
    }
}
