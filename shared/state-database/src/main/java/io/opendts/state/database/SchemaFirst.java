package io.opendts.state.database;

import io.opendts.state.database.DatabaseSettings.Product;
import java.util.List;
import java.util.stream.Stream;

/**
 * Version 1 of the tables; never changed once released. Texts compare and sort by their bytes on both databases. The widest key is
 * that of requests: (128 + 512) characters of at most 4 bytes, within MySQL's 3072 and PostgreSQL's 2704 bytes.
 */
final class SchemaFirst {

    private static final String TABLES = """
        tasks (name {128} not null primary key, type {32} not null, spec {text} not null, spec_hash {128} not null,
          state {text} not null, version bigint not null, created_at bigint not null, updated_at bigint not null);
        asked (id {counter}, task {128} not null, event {text} not null, asked_at bigint not null);
        events (id {counter}, task {128} not null, from_state {text} not null, to_state {text} not null,
          happened_at bigint not null);
        prechecks (task {128} not null, position int not null, item {128} not null, result {16} not null, code {64},
          message {text}, remedy {text}, ignorable int not null, primary key (task, position));
        relations (task {128} not null, id int not null, db {64} not null, tbl {64} not null, payload {text} not null,
          primary key (task, id));
        relation_numbers (task {128} not null primary key, last int not null);
        copies (task {128} not null, db {64} not null, tbl {64} not null, rows_estimated bigint not null,
          chunks_planned bigint not null, chunks_done bigint not null, rows_done bigint not null, bytes_done bigint not null,
          primary key (task, db, tbl));
        chunks (task {128} not null, db {64} not null, tbl {64} not null, number int not null, kind {16} not null,
          lower_bound {text} not null, upper_bound {text} not null, status {16} not null, rows_done bigint, bytes_done bigint,
          exact_at {text}, relation int not null, copy_level int not null, primary key (task, db, tbl, number));
        progress (task {128} not null, name {256} not null, value {text} not null, primary key (task, name));
        leases (task {256} not null primary key, holder {256} not null, epoch bigint not null, expires_at bigint not null);
        sealed (task {128} not null primary key, content {bytes} not null);
        requests (task {128} not null, id {512} not null, due_at bigint not null, attempts int not null,
          first_failed_at bigint not null, code {64} not null, reason {text} not null, primary key (task, id));
        comparisons (task {128} not null primary key, run {64} not null, began_at bigint not null, planned int not null);
        compared (task {128} not null, run {64} not null, db {64} not null, tbl {64} not null, number int not null,
          kind {16} not null, lower_bound {text} not null, upper_bound {text} not null, status {16} not null,
          rows_compared bigint not null, differences bigint not null, examples {text}, primary key (task, run, db, tbl, number));
        compared_tables (task {128} not null, run {64} not null, db {64} not null, tbl {64} not null,
          primary key (task, run, db, tbl))""";

    /** Unlike tables, an index cannot be asked for "if not exists" on MySQL: there they are written into their table. */
    private static final List<String> INDEXES = List.of(
            "asked_by_task asked task, id", "events_by_task events task, id", "relations_by_table relations task, db, tbl, id",
            "chunks_by_status chunks task, status, copy_level, db, tbl, number",
            "compared_by_status compared task, run, status, db, tbl, number");

    private SchemaFirst() {}

    static List<String> statements(Product product) {
        return switch (product) {
            case MYSQL -> tables().map(SchemaFirst::mysql).toList();
            case POSTGRESQL -> Stream.concat(tables().map(SchemaFirst::postgresql), INDEXES.stream().map(SchemaFirst::index)).toList();
        };
    }

    private static Stream<String> tables() {
        return Stream.of(TABLES.split(";\n"));
    }

    static String mysql(String table) {
        String columns = table.strip().replace("{text}", "longtext").replace("{bytes}", "longblob")
                .replace("{counter}", "bigint not null auto_increment primary key").replaceAll("\\{(\\d+)}", "varchar($1)");
        StringBuilder sql = new StringBuilder("create table if not exists ").append(columns, 0, columns.length() - 1);
        for (String index : INDEXES) {
            String[] words = index.split(" ", 3);
            if (columns.startsWith(words[1] + " ")) {
                sql.append(", key ").append(words[0]).append(" (").append(words[2]).append(')');
            }
        }
        return sql.append(") engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin").toString();
    }

    static String postgresql(String table) {
        return "create table if not exists " + table.strip().replace("{text}", "text collate \"C\"").replace("{bytes}", "bytea")
                .replace("{counter}", "bigint generated by default as identity primary key")
                .replaceAll("\\{(\\d+)}", "varchar($1) collate \"C\"");
    }

    private static String index(String index) {
        String[] words = index.split(" ", 3);
        return "create index if not exists " + words[0] + " on " + words[1] + " (" + words[2] + ")";
    }
}
