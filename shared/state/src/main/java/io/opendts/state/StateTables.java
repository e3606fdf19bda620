package io.opendts.state;

import io.opendts.model.ErrorCode;
import io.opendts.sqlite.SqliteFile;

/** The tables of the embedded store: plain SQL types and keys, so that a store on a server can have the same shape. */
final class StateTables {

    static final SqliteFile.Kind KIND = new SqliteFile.Kind(4, new String[] {
        """
        create table if not exists tasks (name varchar(128) not null primary key, type varchar(32) not null, spec text not null,
          spec_hash varchar(128) not null, state text not null, version bigint not null,
          created_at bigint not null, updated_at bigint not null)""",
        """
        create table if not exists asked (id integer primary key autoincrement, task varchar(128) not null, event text not null,
          asked_at bigint not null)""",
        "create index if not exists asked_by_task on asked (task, id)",
        """
        create table if not exists events (id integer primary key autoincrement, task varchar(128) not null, from_state text not null,
          to_state text not null, happened_at bigint not null)""",
        "create index if not exists events_by_task on events (task, id)",
        """
        create table if not exists prechecks (task varchar(128) not null, position int not null, item varchar(128) not null,
          result varchar(16) not null, code varchar(64), message text, remedy text, ignorable int not null,
          primary key (task, position))""",
        """
        create table if not exists relations (task varchar(128) not null, id int not null, db varchar(256) not null,
          tbl varchar(256) not null, payload text not null, primary key (task, id))""",
        "create index if not exists relations_by_table on relations (task, db, tbl, id)",
        "create table if not exists relation_changes (task varchar(128) not null, id int not null, primary key (task, id))",
        "create table if not exists relation_numbers (task varchar(128) not null primary key, last int not null)",
        """
        create table if not exists copies (task varchar(128) not null, db varchar(256) not null, tbl varchar(256) not null,
          rows_estimated bigint not null, chunks_planned bigint not null, chunks_done bigint not null, rows_done bigint not null,
          bytes_done bigint not null, primary key (task, db, tbl))""",
        """
        create table if not exists chunks (task varchar(128) not null, db varchar(256) not null, tbl varchar(256) not null,
          number int not null, kind varchar(16) not null, lower_bound text not null, upper_bound text not null, status varchar(16) not null,
          rows_done bigint, bytes_done bigint, exact_at text, relation int not null, copy_level int not null,
          primary key (task, db, tbl, number))""",
        "create index if not exists chunks_by_status on chunks (task, status, copy_level, db, tbl, number)",
        """
        create table if not exists progress (task varchar(128) not null, name varchar(256) not null, value text not null,
          primary key (task, name))""",
        """
        create table if not exists leases (task varchar(128) not null primary key, holder varchar(256) not null, epoch bigint not null,
          expires_at bigint not null)""",
        "create table if not exists sealed (task varchar(128) not null primary key, content blob not null)",
        """
        create table if not exists requests (task varchar(128) not null, id varchar(512) not null, due_at bigint not null,
          attempts int not null, first_failed_at bigint not null, code varchar(16) not null, reason text not null,
          primary key (task, id))""",
        """
        create table if not exists comparisons (task varchar(128) not null primary key, run varchar(64) not null,
          began_at bigint not null, planned int not null)""",
        """
        create table if not exists compared (task varchar(128) not null, run varchar(64) not null, db varchar(256) not null,
          tbl varchar(256) not null, number int not null, kind varchar(16) not null, lower_bound text not null,
          upper_bound text not null, status varchar(16) not null, rows_compared bigint not null, differences bigint not null,
          examples text, primary key (task, run, db, tbl, number))""",
        """
        create table if not exists compared_tables (task varchar(128) not null, run varchar(64) not null, db varchar(256) not null,
          tbl varchar(256) not null, primary key (task, run, db, tbl))"""
    }, new String[0], new String[] {"pragma synchronous=full"}, ErrorCode.STATE_DAMAGED,
            "move the file away and create the tasks again: the position of a running synchronization is also kept on its target; "
                    + "or restore the state folder from a backup");

    /** Tables whose rows are what a task has done; reset empties them. */
    static final String[] DONE = {
        "asked", "prechecks", "relations", "relation_changes", "copies", "chunks", "progress", "requests", "comparisons", "compared",
        "compared_tables"
    };

    /** Tables that hold anything of a task. */
    static final String[] ALL = {
        "asked", "prechecks", "relations", "relation_changes", "copies", "chunks", "progress", "requests", "comparisons", "compared",
        "compared_tables", "events", "relation_numbers", "leases", "sealed", "tasks"
    };

    private StateTables() {}
}
