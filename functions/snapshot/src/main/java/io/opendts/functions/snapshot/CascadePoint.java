package io.opendts.functions.snapshot;

import io.opendts.model.Cascades;
import io.opendts.model.Cascades.Part;
import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.ExactCopy;
import io.opendts.spi.Target.Load;
import io.opendts.state.Relations;
import io.opendts.state.Relations.Registered;
import io.opendts.task.Facts;
import io.opendts.task.OneMoment;
import io.opendts.task.TaskContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The moment of a full copy at which tables that cascades tie together are the same on both sides ({@link Cascades}). From there
 * on the target runs every cascade with the rows that the source ran it with; before it, it runs none: children are copied later
 * and links just then, so that whatever cascades did to them is in the copy. A full copy without a log needs no such moment.
 */
final class CascadePoint {

    private CascadePoint() {}

    /** Levels of the copy: parents; links in one piece, beside all that is apart; children. */
    record Order(Cascades cascades, Optional<TableId> firstLink) {

        int level(TableId table) {
            return switch (cascades.part(table)) {
                case PARENT -> 0;
                case APART -> 1;
                // the request for the first link copies them all: those for the others come when that is done
                case LINK -> firstLink.filter(table::equals).isPresent() ? 1 : 2;
                case CHILD -> 3;
            };
        }

        boolean together(TableId table) {
            return cascades.part(table) == Part.LINK;
        }
    }

    static Order order(TaskContext task, List<Registered> tables) {
        Cascades cascades = task.runs(Stage.INCREMENTAL) ? Relations.cascades(tables) : new Cascades(Map.of());
        return new Order(cascades, tables.stream().map(r -> r.table().id()).filter(id -> cascades.part(id) == Part.LINK)
                .min(TableId::compareTo));
    }

    static Chunk chunk(TableId link) {
        return new Chunk(link, 0, Chunk.Kind.TOGETHER, "", "");
    }

    static List<Chunk> links(TaskContext task) {
        List<Registered> known = task.store().relations().latest(task.name());
        Cascades cascades = Relations.cascades(known);
        return known.stream().map(one -> one.table().id()).filter(id -> cascades.part(id) == Part.LINK).map(CascadePoint::chunk).toList();
    }

    /** Copies all links in one transaction at the point. How each of them was read, also when an earlier try had done it. */
    static Map<TableId, ChunkRead> copyLinks(TaskContext task) {
        List<Registered> known = task.store().relations().latest(task.name());
        Cascades cascades = Relations.cascades(known);
        List<Registered> links = known.stream().filter(r -> cascades.part(r.table().id()) == Part.LINK).toList();
        List<ChunkRead> reads;
        try (OneMoment point = new OneMoment(task.source(), tied(known, cascades))) {
            reads = task.target().load(links.stream().map(link -> new Load(chunk(link.table().id()), link.relation(),
                    sink -> point.read(chunk(link.table().id()), link.table(), link.route(), link.relation(), sink))).toList(),
                    task.existingTables());
        }
        Facts.of(task).cascadePoint(reads.getFirst().exactAt().orElseThrow());
        Map<TableId, ChunkRead> found = new LinkedHashMap<>();
        for (int i = 0; i < links.size(); i++) {
            found.put(links.get(i).table().id(), reads.get(i));
        }
        return found;
    }

    /** Before a child is read: where there are no links nothing has set the point yet. Of several callers the first one sets it. */
    static void pass(TaskContext task) {
        Facts facts = Facts.of(task);
        if (!task.runs(Stage.INCREMENTAL) || facts.cascadePoint().isPresent()) {
            return;
        }
        List<Registered> known = task.store().relations().latest(task.name());
        List<Table> tied = tied(known, Relations.cascades(known));
        if (tied.isEmpty()) {
            facts.cascadePoint(task.source().position());
            return;
        }
        try (ExactCopy copy = task.source().exact(tied)) {
            facts.cascadePoint(copy.at());
        }
    }

    private static List<Table> tied(List<Registered> known, Cascades cascades) {
        return known.stream().map(Registered::table).filter(table -> cascades.ties(table.id())).toList();
    }
}
