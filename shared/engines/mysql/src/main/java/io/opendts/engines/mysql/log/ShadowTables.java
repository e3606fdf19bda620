package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.shadow.ToolName;
import io.opendts.engines.mysql.shadow.ToolName.Role;
import io.opendts.engines.mysql.shadow.ToolsAtWork;
import io.opendts.model.ShadowMark;
import io.opendts.model.ShadowMark.Kind;
import io.opendts.model.TableId;
import io.opendts.spi.OnlineDdl;
import io.opendts.spi.Relations;
import io.opendts.spi.Shadows;
import io.opendts.spi.Shadows.Shadow;
import java.util.List;
import java.util.Optional;

/** Which tables are a tool's where a log is being read: those that were recorded as such, and those that it is making now. One thread. */
final class ShadowTables {

    private final Relations relations;
    private final Shadows shadows;

    ShadowTables(Relations relations) {
        this.relations = relations;
        this.shadows = relations.shadows();
    }

    /**
     * What the table is to a tool, made by this statement at the latest; empty of the task's own tables, those too that have such a name.
     *
     * @param all that the statement names
     */
    Optional<ShadowMark> mark(TableId id, String sql, List<TableId> all) {
        if (shadows.handling() == OnlineDdl.COPY || relations.of(id).isPresent()) {
            return Optional.empty();
        }
        return shadows.of(id).map(Shadow::mark).or(() -> named(id).flatMap(name -> made(name, sql, all)));
    }

    private Optional<ToolName> named(TableId id) {
        return ToolName.of(id, this::followed, shadows::tables);
    }

    private boolean followed(TableId table) {
        return relations.of(table).isPresent() && relations.followsSchema(table);
    }

    /** Only a tool at work leaves an old table. */
    private Optional<ShadowMark> made(ToolName name, String sql, List<TableId> all) {
        return switch (name.role()) {
            case REPLACEMENT -> Optional.of(new ShadowMark(name.beside(), Kind.UNKNOWN_REPLACEMENT));
            case LOG -> Optional.of(new ShadowMark(name.beside(), Kind.HELPER));
            case OLD -> sql.contains(ToolsAtWork.SENTRY) || !shadows.beside(name.beside()).isEmpty() || swaps(name.beside(), all)
                    ? Optional.of(new ShadowMark(name.beside(), Kind.HELPER)) : Optional.empty();
        };
    }

    private boolean swaps(TableId table, List<TableId> all) {
        return all.contains(table) && all.stream().filter(one -> relations.of(one).isEmpty()).flatMap(one -> named(one).stream())
                .anyMatch(name -> name.role() == Role.REPLACEMENT && name.beside().equals(table));
    }

    /** Whether the tool that fills the table is known to fill it with all rows: it has made what it works with. */
    boolean filledByTool(TableId replacement, TableId table) {
        List<Shadow> beside = shadows.beside(table);
        boolean ghOst = ToolName.isGhOst(replacement.name()) && beside.stream().anyMatch(s -> ToolName.isGhOstLog(s.table().id().name()));
        return ghOst || beside.stream().filter(s -> s.mark().kind() == Kind.TRIGGER).count() == ToolName.triggers();
    }

    /** The table that a trigger of a tool's stands on or is named for; empty for any other trigger. */
    Optional<TableId> triggered(TableId trigger, Optional<TableId> on) {
        if (shadows.handling() == OnlineDdl.COPY) {
            return Optional.empty();
        }
        Optional<TableId> known = shadows.of(trigger).filter(s -> s.mark().kind() == Kind.TRIGGER).map(s -> s.mark().beside());
        Optional<TableId> named = on.map(List::of).orElseGet(() -> shadows.tables(trigger.database())).stream().filter(this::followed)
                .filter(table -> ToolName.isTrigger(trigger.name(), table)).findFirst();
        return known.or(() -> named);
    }
}
