package io.opendts.spec;

import static io.opendts.spec.EngineName.ANALYTICDB_MYSQL;
import static io.opendts.spec.EngineName.ANALYTICDB_POSTGRESQL;
import static io.opendts.spec.EngineName.DRDS;
import static io.opendts.spec.EngineName.ELASTICSEARCH;
import static io.opendts.spec.EngineName.MAXCOMPUTE;
import static io.opendts.spec.EngineName.MYSQL;
import static io.opendts.spec.EngineName.POSTGRESQL;
import static io.opendts.spec.EngineName.REDIS;
import static io.opendts.spec.EngineName.TABLESTORE;

import io.opendts.spec.FieldType.AutoOrWhole;
import io.opendts.spec.FieldType.Choice;
import io.opendts.spec.FieldType.ChoiceOrMap;
import io.opendts.spec.FieldType.Flag;
import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import io.opendts.spec.FieldType.Positive;
import io.opendts.spec.FieldType.TextMap;
import io.opendts.spec.FieldType.Whole;

/** The one definition of the task file's keys; the endpoints' are in `EndpointFields`. */
final class TaskFields {

    static final int WORKERS_MAX = 256;

    private static final Applies ALWAYS = Applies.ALWAYS;
    /** Targets with tables that may be there already. */
    private static final Applies TABLES =
            ALWAYS.onlyTargets(MYSQL, ANALYTICDB_MYSQL, ANALYTICDB_POSTGRESQL, POSTGRESQL, MAXCOMPUTE, TABLESTORE, ELASTICSEARCH);
    private static final Applies ROWS_BACK =
            ALWAYS.onlyTargets(MYSQL, ANALYTICDB_MYSQL, ANALYTICDB_POSTGRESQL, POSTGRESQL, MAXCOMPUTE, TABLESTORE, ELASTICSEARCH, REDIS);
    private static final Applies SQL_TO_SQL = ALWAYS.onlySources(MYSQL, DRDS, POSTGRESQL).onlyTargets(MYSQL, POSTGRESQL);
    private static final Applies MYSQL_TO_MYSQL = ALWAYS.onlySources(MYSQL, DRDS).onlyTargets(MYSQL);
    private static final Applies SQL_SOURCE = ALWAYS.onlySources(MYSQL, DRDS, POSTGRESQL);
    private static final Applies WAYS =
            ALWAYS.onlyTypes(TaskType.SYNCHRONIZATION).onlySources(MYSQL, POSTGRESQL, REDIS).onlyTargets(MYSQL, POSTGRESQL, REDIS);

    private static final Whole COUNT = new Whole(1, Long.MAX_VALUE);

    private static final Choice DDL_POLICY = Choice.of(TaskSpec.DdlPolicy.values());
    private static final ChoiceOrMap DDL = new ChoiceOrMap(DDL_POLICY, new TextMap(Choice.of(DdlWord.ALL), DDL_POLICY));

    static final Section COLUMNS = Section.of("columns",
            Field.of("exclude", new ListOf(Forms.NAME, false), "[card_number]", "Source columns that stay behind.").otherwise("[]"),
            Field.of("rename", new TextMap(Forms.NAME, Forms.NAME), "{cust: customer_id}", "Source column to target column."));

    static final Section TABLE = Section.of("objects[].tables[]",
            Field.of("table", Forms.PATTERN, "orders", "A table's name, or a /regex/ that its whole name matches.").must(),
            Field.of("to", Forms.NAME, "orders_2026", "Its name on the target; several tables may share one (many-to-one merge)."),
            Field.of("mergeTables", new Flag(), "true", "Whether the merged table gets a column __dts_data_source.").otherwise("false"),
            Field.of("columns", new Nested(COLUMNS), "{exclude: [card_number]}", "Which columns, under which names."),
            Field.of("filter", Forms.CONDITION, "amount > 100", "SQL condition on this table's columns, without WHERE.").only(SQL_SOURCE),
            Field.of("operations", new ListOf(Choice.of(TaskSpec.OperationWord.values()), true), "[insert, update]",
                    "Which changes are carried.").otherwise("[insert, update, delete, ddl]"),
            Field.of("ddl", DDL, "{drop-column: hold}", "What becomes of DDL of this table; decides before its database's and the task's.")
                    .only(SQL_SOURCE));

    static final Section DATABASE = Section.of("objects[]",
            Field.of("database", Forms.PATTERN, "shop", "A database's name, or a /regex/ that its whole name matches.").must(),
            Field.of("to", Forms.NAME, "shop_copy", "Its name on the target; default: the same."),
            Field.of("tables", new ListOf(new Nested(TABLE), true), "[{table: orders}]",
                    "Default: every table, and then views, routines, triggers and events too."),
            Field.of("exclude", new ListOf(Forms.PATTERN, false), "[tmp_jobs]", "Names or /regexes/ that stay behind.").otherwise("[]"),
            Field.of("ddl", DDL, "{drop-table: hold}", "What becomes of DDL in this database; decides before the task's.")
                    .only(SQL_SOURCE));

    private static final Section ACCOUNTS = Section.of("accounts",
            Field.of("copy", new Flag(), "true", "Whether accounts and their privileges are copied.").otherwise("false"),
            Field.of("include", new ListOf(Forms.ANY, false), "[\"app@%\"]", "Which; default: all but the servers' own.").otherwise("[]"));

    private static final Section TWO_WAY = Section.of("twoWay",
            Field.of("enabled", new Flag(), "true", "Whether changes of the target travel back.").otherwise("false"),
            Field.of("ddlFrom", Choice.of(TaskSpec.DdlFrom.values()), "source", "The side whose DDL is carried.").otherwise("source"));

    private static final Section PARALLELISM = Section.of("parallelism",
            Field.of("snapshot", new AutoOrWhole(WORKERS_MAX), "4", "Chunks that are copied at a time.").otherwise("auto"),
            Field.of("apply", new AutoOrWhole(WORKERS_MAX), "4", "Connections that apply changes.").otherwise("auto"));

    private static final Field ROWS = Field.of("rowsPerSecond", COUNT, "50000", "Rows in a second; absent: no limit.");
    private static final Field MEGABYTES = Field.of("megabytesPerSecond", new Positive(), "20",
            "10^6 bytes in a second; absent: no limit.");

    private static final Section FULL_LIMITS = Section.of("limits.full", ROWS, MEGABYTES,
            Field.of("sourceQueriesPerSecond", COUNT, "100", "Queries on the source in a second; absent: no limit."));

    private static final Section INCREMENTAL_LIMITS = Section.of("limits.incremental", ROWS, MEGABYTES);

    private static final Section LIMITS = Section.of("limits",
            Field.of("full", new Nested(FULL_LIMITS), "{rowsPerSecond: 50000}", "Of the full stage."),
            Field.of("incremental", new Nested(INCREMENTAL_LIMITS), "{megabytesPerSecond: 20}", "Of the incremental stage."));

    private static final Section RETRY = Section.of("retry",
            Field.of("connection", Forms.TIME, "720m", "After a lost or refused connection.").otherwise("720m"),
            Field.of("other", Forms.TIME, "10m", "After any other error that may pass.").otherwise("10m"));

    private static final Section PRECHECK = Section.of("precheck",
            Field.of("ignore", new ListOf(Forms.ITEM_ID, false), "[source.server-id]", "Ids of ignorable items.").otherwise("[]"));

    private static final Section VERIFY = Section.of("verify",
            Field.of("mode", Choice.of(TaskSpec.VerifyMode.values()), "full", "What is compared after the full stage.").otherwise("none"),
            Field.of("everyMinutes", new Whole(1, 525_600), "60", "And again after so many minutes."));

    private static final Section ALERTS = Section.of("alerts",
            Field.of("lagAbove", Forms.TIME, "60s", "Lag that raises an alert.").otherwise("60s"),
            Field.of("onFailure", new Flag(), "true", "Whether a failed task raises one.").otherwise("true"),
            Field.of("webhook", Forms.SECRET_URL, "https://example.org/hook", "Where alerts are posted."));

    static final Section TASK = Section.of("task",
            Field.of("name", Forms.TASK_NAME, "shop", "Unique; letters, digits, - and _.").must(),
            Field.of("type", Choice.of(TaskType.values()), "synchronization",
                    "migration: moved, then cut over; synchronization: kept running; subscription: change events to a stream.").must(),
            Field.of("source", new Nested(EndpointFields.SOURCE), "{engine: mysql, host: 10.0.0.5, username: dts}",
                    "Where rows come from.").must(),
            Field.of("target", new Nested(EndpointFields.TARGET), "{engine: mysql, host: 10.0.0.6, username: dts}",
                    "Where rows go.").must(),
            Field.of("stages", new ListOf(Choice.of(TaskSpec.StageWord.values()), true), "[schema, full]",
                    "Any non-empty combination; a subscription has [incremental] by default.")
                    .otherwise("[schema, full, incremental]", ALWAYS.onlyTypes(TaskType.SUBSCRIPTION), "[incremental]"),
            Field.of("startAt", Forms.START, "now",
                    "Where the log begins; only with incremental and without full. A time without a zone is UTC.")
                    .otherwise("now"),
            Field.of("objects", new ListOf(new Nested(DATABASE), true), "[{database: shop}]", "What to move.").must(),
            Field.of("existingTables", Choice.of(TaskSpec.ExistingTables.values()), "error",
                    "Tables that the target has: error: the precheck fails; ignore: rows with the same key stay in full; clear.")
                    .otherwise("error").only(TABLES),
            Field.of("capitalization", Choice.of(TaskSpec.Capitalization.values()), "lower",
                    "Of database, table and column names on the target.").otherwise("source"),
            Field.of("collations", new TextMap(Forms.COLLATION, Forms.COLLATION), "{utf8mb4_0900_ai_ci: utf8mb4_unicode_ci}",
                    "Source collation to target collation; others become what the target has nearest.").only(MYSQL_TO_MYSQL),
            Field.of("ddl", DDL, "{default: apply, drop-table: hold, truncate: hold}",
                    "What becomes of DDL: apply, ignore, fail (the task stops), or hold (it stops until somebody runs the statement with"
                            + " `resume --approve-ddl` or leaves it out with `--skip-ddl`); or one of these for each kind, where `default`"
                            + " is for kinds that are not named. Kinds: " + DdlWord.meanings() + ".").otherwise("apply").only(SQL_SOURCE),
            Field.of("onlineDdl", Choice.of(TaskSpec.OnlineDdl.values()), "follow",
                    "How shadow tables of gh-ost, pt-online-schema-change and DMS are treated.").otherwise("follow")
                    .only(ALWAYS.onlySources(MYSQL, DRDS)),
            Field.of("triggers", Choice.of(TaskSpec.Triggers.values()), "skip", "What becomes of triggers.")
                    .otherwise("disabled-until-cutover").only(SQL_TO_SQL),
            Field.of("accounts", new Nested(ACCOUNTS), "{copy: true}", "Accounts and their privileges.").only(SQL_TO_SQL),
            Field.of("conflicts", Choice.of(TaskSpec.Conflicts.values()), "overwrite", "A change that does not fit the target's row.")
                    .otherwise("fail").only(TABLES),
            Field.of("twoWay", new Nested(TWO_WAY), "{enabled: true}", "Both sides are written to.").only(WAYS),
            Field.of("consistency", Choice.of(TaskSpec.Consistency.values()), "relaxed",
                    "transactional: the target passes only through states the source had; relaxed: order per key only.")
                    .otherwise("transactional"),
            Field.of("parallelism", new Nested(PARALLELISM), "{snapshot: 4}", "Numbers of workers."),
            Field.of("limits", new Nested(LIMITS), "{full: {rowsPerSecond: 50000}}", "Throttling; absent: no limit."),
            Field.of("retry", new Nested(RETRY), "{connection: 720m}", "How long to go on trying, with backoff."),
            Field.of("precheck", new Nested(PRECHECK), "{ignore: [source.server-id]}", "The precheck."),
            Field.of("verify", new Nested(VERIFY), "{mode: full}", "Comparison of both sides.").only(ROWS_BACK),
            Field.of("etl", new ListOf(Forms.ANY, false), "[]", "Row transformations.").otherwise("[]"),
            Field.of("alerts", new Nested(ALERTS), "{lagAbove: 60s}", "Who is told what."),
            Field.of("tags", new TextMap(Forms.TAG, Forms.ANY), "{env: prod}", "For people: nothing depends on them."));

    private TaskFields() {}
}
