package io.opendts.state;

import io.opendts.model.ErrorCode;
import io.opendts.sqlite.SqliteFile;

/** The tables of the embedded store: plain SQL types and keys, so that a store on a server can have the same shape. */
final class StateTables {

    static final SqliteFile.Kind KIND = new SqliteFile.Kind(1, new String[] {
        """
        create table tasks (name varchar(128) not null primary key, type varchar(32) not null, spec text not null,
          spec_hash varchar(128) not null, state text not null, version bigint not null,
          created_at bigint not null, updated_at bigint not null)""",
        """
        create table asked (id integer primary key autoincrement, task varchar(128) not null, event text not null,
          asked_at bigint not null)""",
        "create index asked_by_task on asked (task, id)",
        """
        create table events (id integer primary key autoincrement, task varchar(128) not null, from_state text not null,
          to_state text not null, happened_at bigint not null)""",
        "create index events_by_task on events (task, id)",
        """
        create table prechecks (task varchar(128) not null, position int not null, item varchar(128) not null,
          result varchar(16) not null, code varchar(64), message text, remedy text, ignorable int not null,
          primary key (task, position))""",
        """
        create table relations (task varchar(128) not null, id int not null, db varchar(256) not null, tbl varchar(256) not null,
          payload text not null, primary key (task, id))""",
        "create index relations_by_table on relations (task, db, tbl, id)",
        "create table relation_numbers (task varchar(128) not null primary key, last int not null)",
        """
        create table copies (task varchar(128) not null, db varchar(256) not null, tbl varchar(256) not null,
          rows_estimated bigint not null, chunks_planned bigint not null, chunks_done bigint not null, rows_done bigint not null,
          bytes_done bigint not null, primary key (task, db, tbl))""",
        """
        create table chunks (task varchar(128) not null, db varchar(256) not null, tbl varchar(256) not null, number int not null,
          kind varchar(16) not null, lower_bound text not null, upper_bound text not null, status varchar(16) not null,
          rows_done bigint, bytes_done bigint, exact_at text, primary key (task, db, tbl, number))""",
        "create index chunks_by_status on chunks (task, status, db, tbl, number)",
        """
        create table progress (task varchar(128) not null, name varchar(256) not null, value text not null,
          primary key (task, name))""",
        """
        create table leases (task varchar(128) not null primary key, holder varchar(256) not null, epoch bigint not null,
          expires_at bigint not null)"""
    }, new String[0], new String[] {"pragma synchronous=full"}, ErrorCode.STATE_DAMAGED,
            "move the file away and create the tasks again: the position of a running synchronization is also kept on its target; "
                    + "or restore the state folder from a backup");

    /** Tables whose rows are what a task has done; reset empties them. */
    static final String[] DONE = {"asked", "prechecks", "relations", "copies", "chunks", "progress"};

    /** Tables that hold anything of a task. */
    static final String[] ALL = {
        "asked", "prechecks", "relations", "copies", "chunks", "progress", "events", "relation_numbers", "leases", "tasks"
    };

    private StateTables() {}
}
