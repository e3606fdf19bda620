package io.opendts.engines.mysql.ddl;

import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** A statement that makes, changes, renames, empties or drops tables, read from its text. */
sealed interface TableStatement {

    /** CREATE TABLE with its columns. */
    record Create(TableId table, boolean replace, boolean unlessThere, List<Clause> clauses) implements TableStatement {}

    record CreateLike(TableId table, boolean replace, boolean unlessThere, TableId like) implements TableStatement {}

    /** ALTER TABLE, CREATE INDEX and DROP INDEX. */
    record Alter(TableId table, boolean ifThere, List<Clause> clauses) implements TableStatement {
        /** The name that the table has afterwards. */
        TableId after() {
            return clauses.stream().filter(Clause.RenameTable.class::isInstance).map(c -> ((Clause.RenameTable) c).to())
                    .reduce((_, last) -> last).orElse(table);
        }
    }

    record Drop(List<TableId> tables, boolean ifThere) implements TableStatement {}

    /** @param renamings one after the other, so that names may be swapped */
    record Rename(List<Renaming> renamings, boolean ifThere) implements TableStatement {}

    record Renaming(TableId from, TableId to) {}

    record Truncate(TableId table) implements TableStatement {}

    /**
     * @return empty for a statement that is not about tables
     * @throws NotUnderstood it is about tables, and has a part that is not known
     */
    static Optional<TableStatement> read(String sql, WrittenUnder session, boolean mariaDb) {
        return StatementReader.of(sql, session, mariaDb).read();
    }
}
