package io.opendts.spec;

import io.opendts.model.Endpoint;
import io.opendts.model.Route.Operation;
import io.opendts.model.Secret;
import io.opendts.model.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One task as its file asks for it: valid, defaults filled in, references resolved.
 *
 * @param collations source to target, in lower case
 */
public record TaskSpec(
        String name,
        TaskType type,
        Endpoint source,
        Endpoint target,
        Set<Stage> stages,
        StartAt startAt,
        List<DatabaseEntry> objects,
        ExistingTables existingTables,
        Capitalization capitalization,
        Map<String, String> collations,
        DdlPolicies ddl,
        OnlineDdl onlineDdl,
        Triggers triggers,
        Accounts accounts,
        Conflicts conflicts,
        TwoWay twoWay,
        Consistency consistency,
        Parallelism parallelism,
        Limits limits,
        Retry retry,
        Precheck precheck,
        Verify verify,
        List<String> etl,
        Alerts alerts,
        Map<String, String> tags) {

    /** An entry of `objects`; no tables means every table and the other objects too. */
    public record DatabaseEntry(int line, NamePattern database, Optional<String> to, List<TableEntry> tables, List<NamePattern> exclude,
            DdlPolicies ddl) {}

    public record TableEntry(int line, NamePattern table, Optional<String> to, boolean mergeTables, Set<String> excludedColumns,
            Map<String, String> renamedColumns, Optional<String> filter, Set<Operation> operations, DdlPolicies ddl) {}

    public enum StageWord implements Keyed {
        SCHEMA, FULL, INCREMENTAL;

        Stage stage() {
            return Stage.valueOf(name());
        }
    }

    public enum OperationWord implements Keyed {
        INSERT, UPDATE, DELETE, DDL;

        Operation operation() {
            return Operation.valueOf(name());
        }
    }

    public enum TlsWord implements Keyed { DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY }

    public enum ExistingTables implements Keyed { ERROR, IGNORE, CLEAR }

    public enum Capitalization implements Keyed { SOURCE, LOWER, UPPER }

    public enum DdlPolicy implements Keyed { APPLY, IGNORE, HOLD, FAIL }

    public enum OnlineDdl implements Keyed { FOLLOW, COPY, IGNORE }

    public enum Triggers implements Keyed { DISABLED_UNTIL_CUTOVER, GUARDED, SKIP }

    public enum Conflicts implements Keyed { FAIL, IGNORE, OVERWRITE }

    public enum Consistency implements Keyed { TRANSACTIONAL, RELAXED }

    public enum VerifyMode implements Keyed { NONE, FULL, SAMPLED }

    public enum DdlFrom implements Keyed { SOURCE, TARGET }

    public record Accounts(boolean copy, List<String> include) {}

    public record TwoWay(boolean enabled, DdlFrom ddlFrom) {}

    /** Numbers of workers; empty is auto. */
    public record Parallelism(OptionalInt snapshot, OptionalInt apply) {}

    /** Empty is no limit. */
    public record Limits(FullLimits full, IncrementalLimits incremental) {}

    public record FullLimits(OptionalLong rowsPerSecond, Optional<BigDecimal> megabytesPerSecond, OptionalLong sourceQueriesPerSecond) {}

    public record IncrementalLimits(OptionalLong rowsPerSecond, Optional<BigDecimal> megabytesPerSecond) {}

    /** How long to go on trying. */
    public record Retry(Duration connection, Duration other) {}

    public record Precheck(Set<String> ignore) {}

    public record Verify(VerifyMode mode, OptionalInt everyMinutes) {}

    public record Alerts(Duration lagAbove, boolean onFailure, Optional<Secret> webhook) {}
}
