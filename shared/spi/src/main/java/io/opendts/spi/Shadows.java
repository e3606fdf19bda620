package io.opendts.spi;

import io.opendts.model.Position;
import io.opendts.model.ShadowMark;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** What tools for schema changes have made beside the tables of a task, as it was where the log is being read. */
public interface Shadows {

    /** @param table without columns where it is not known what it looks like, and of a trigger */
    record Shadow(Table table, ShadowMark mark) {}

    /** Of a task that takes them for tables like all others. */
    Shadows NONE = new Shadows() {

        @Override
        public OnlineDdl handling() {
            return OnlineDdl.COPY;
        }

        @Override
        public Optional<Shadow> of(TableId name) {
            return Optional.empty();
        }

        @Override
        public List<Shadow> beside(TableId table) {
            return List.of();
        }

        @Override
        public List<TableId> tables(String database) {
            return List.of();
        }

        @Override
        public void become(Shadow now, Position since) {}

        @Override
        public void gone(TableId name, Position since) {}
    };

    OnlineDdl handling();

    /** One that was made behind the beginning of the task's log, and is still there. */
    Optional<Shadow> of(TableId name);

    /** All beside this table. */
    List<Shadow> beside(TableId table);

    /** The tables that the task has of this database. */
    List<TableId> tables(String database);

    /** A statement makes one or changes it. Idempotent for the same statement. */
    void become(Shadow now, Position since);

    /** A statement takes one away. Idempotent for the same statement. */
    void gone(TableId name, Position since);
}
