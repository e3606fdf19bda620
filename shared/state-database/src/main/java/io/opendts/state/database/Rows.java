package io.opendts.state.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/**
 * The tables as Hibernate sees them; {@link Schema} creates them. Their shape is that of the embedded store. None has a
 * version column or relations: rows are locked or changed conditionally, and each belongs to a task by name only.
 */
final class Rows {

    /** Everything that Hibernate has to know; a new table is added here and in {@link Schema}. */
    static final Class<?>[] ALL = {
        Task.class, Wish.class, Happened.class, Checked.class, Sealed.class, Layout.class, LayoutChange.class, LayoutNumber.class,
        Fact.class, Held.class, Request.class, Copy.class, CopyChunk.class, Comparison.class, ComparedTable.class, ComparedChunk.class
    };

    private Rows() {}

    @Entity(name = "Task")
    @Table(name = "tasks")
    static final class Task {
        @Id String name;
        String type;
        String spec;
        @Column(name = "spec_hash") String specHash;
        String state;
        long version;
        @Column(name = "created_at") long createdAt;
        @Column(name = "updated_at") long updatedAt;
    }

    @Entity(name = "Wish")
    @Table(name = "asked")
    static final class Wish {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
        String task;
        String event;
        @Column(name = "asked_at") long askedAt;
    }

    @Entity(name = "Happened")
    @Table(name = "events")
    static final class Happened {
        @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
        String task;
        @Column(name = "from_state") String fromState;
        @Column(name = "to_state") String toState;
        @Column(name = "happened_at") long happenedAt;
    }

    record CheckedId(String task, int position) {}

    @Entity(name = "Checked")
    @Table(name = "prechecks")
    @IdClass(CheckedId.class)
    static final class Checked {
        @Id String task;
        @Id int position;
        String item;
        String result;
        String code;
        String message;
        String remedy;
        int ignorable;
    }

    @Entity(name = "Sealed")
    @Table(name = "sealed")
    static final class Sealed {
        @Id String task;
        byte[] content;
    }

    record LayoutId(String task, int id) {}

    @Entity(name = "Layout")
    @Table(name = "relations")
    @IdClass(LayoutId.class)
    static final class Layout {
        @Id String task;
        @Id int id;
        String db;
        String tbl;
        String payload;
    }

    /** Marks a layout that a statement of the log has made. */
    @Entity(name = "LayoutChange")
    @Table(name = "relation_changes")
    @IdClass(LayoutId.class)
    static final class LayoutChange {
        @Id String task;
        @Id int id;
    }

    @Entity(name = "LayoutNumber")
    @Table(name = "relation_numbers")
    static final class LayoutNumber {
        @Id String task;
        int last;
    }

    record FactId(String task, String name) {}

    @Entity(name = "Fact")
    @Table(name = "progress")
    @IdClass(FactId.class)
    static final class Fact {
        @Id String task;
        @Id String name;
        String value;
    }

    @Entity(name = "Held")
    @Table(name = "leases")
    static final class Held {
        @Id String task;
        String holder;
        long epoch;
        @Column(name = "expires_at") long expiresAt;
    }

    record RequestId(String task, String id) {}

    @Entity(name = "Request")
    @Table(name = "requests")
    @IdClass(RequestId.class)
    static final class Request {
        @Id String task;
        @Id String id;
        @Column(name = "due_at") long dueAt;
        int attempts;
        @Column(name = "first_failed_at") long firstFailedAt;
        String code;
        String reason;
    }

    record CopyId(String task, String db, String tbl) {}

    @Entity(name = "Copy")
    @Table(name = "copies")
    @IdClass(CopyId.class)
    static final class Copy {
        @Id String task;
        @Id String db;
        @Id String tbl;
        @Column(name = "rows_estimated") long rowsEstimated;
        @Column(name = "chunks_planned") long chunksPlanned;
        @Column(name = "chunks_done") long chunksDone;
        @Column(name = "rows_done") long rowsDone;
        @Column(name = "bytes_done") long bytesDone;
    }

    record CopyChunkId(String task, String db, String tbl, int number) {}

    @Entity(name = "CopyChunk")
    @Table(name = "chunks")
    @IdClass(CopyChunkId.class)
    static final class CopyChunk {
        @Id String task;
        @Id String db;
        @Id String tbl;
        @Id int number;
        String kind;
        @Column(name = "lower_bound") String lowerBound;
        @Column(name = "upper_bound") String upperBound;
        String status;
        @Column(name = "rows_done") Long rowsDone;
        @Column(name = "bytes_done") Long bytesDone;
        @Column(name = "exact_at") String exactAt;
        int relation;
        @Column(name = "copy_level") int copyLevel;
    }

    @Entity(name = "Comparison")
    @Table(name = "comparisons")
    static final class Comparison {
        @Id String task;
        String run;
        @Column(name = "began_at") long beganAt;
        int planned;
    }

    record ComparedTableId(String task, String run, String db, String tbl) {}

    @Entity(name = "ComparedTable")
    @Table(name = "compared_tables")
    @IdClass(ComparedTableId.class)
    static final class ComparedTable {
        @Id String task;
        @Id String run;
        @Id String db;
        @Id String tbl;
    }

    record ComparedChunkId(String task, String run, String db, String tbl, int number) {}

    @Entity(name = "ComparedChunk")
    @Table(name = "compared")
    @IdClass(ComparedChunkId.class)
    static final class ComparedChunk {
        @Id String task;
        @Id String run;
        @Id String db;
        @Id String tbl;
        @Id int number;
        String kind;
        @Column(name = "lower_bound") String lowerBound;
        @Column(name = "upper_bound") String upperBound;
        String status;
        @Column(name = "rows_compared") long rowsCompared;
        long differences;
        String examples;
    }
}
